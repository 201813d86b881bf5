create macro {name}({arguments}) as {formula}
