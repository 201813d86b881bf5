"""Entry: page set-up, navigation, the bar under it, and the chosen page."""

from pathlib import Path

import streamlit as st

from supervision.errors import SupervisionError
from supervision.view import html, shell

LOOK = Path(html.__file__).parent

st.set_page_config(page_title="河长制督查看板", page_icon=str(LOOK / "icon.svg"), layout="wide")
st.html(LOOK / "style.css")
st.logo(str(LOOK / "logo.svg"), size="large")
page = shell.navigate()
try:
    filled = shell.open_snapshot()
    if filled and not shell.in_meeting(page.url_path):
        shell.bar(page.url_path)
    if filled or page.url_path == "intake":
        page.run()
    else:
        shell.nothing_yet()
except SupervisionError as error:
    html.show("head", title="这一页现在看不了", question=str(error))
