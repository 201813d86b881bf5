create macro {name}({arguments}) as table
{query}
