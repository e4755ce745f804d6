"""The tests; a package, so that `tests` of a dependency that installs its own by that name never stands for them."""
