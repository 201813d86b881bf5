create or replace macro {name}({arguments}) as table
{query}
