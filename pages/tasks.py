"""挂账与任务: the listed points before the city's inspection, the district's tasks, outfalls, water and river plans."""

from supervision.view import shell, watch_parts

PARTS = {
    "points": ("市级挂账点", watch_parts.points),
    "tasks": ("重点任务", watch_parts.tasks),
    "outfalls": ("排污口", watch_parts.outfalls),
    "water": ("水质", watch_parts.water),
    "plans": ("一河一策", watch_parts.plans),
}

shell.need("towns")
view = shell.switch("view", list(PARTS), lambda name: PARTS[name][0])
_, show = PARTS[view]
show()
