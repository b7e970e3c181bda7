// Applies the reader's theme and density. It is no module, because it must run before the
// browser draws the page: otherwise a dark page would first flash white.
(() => {
	"use strict";

	const root = document.documentElement;
	root.classList.add("js");
	for (const name of ["theme", "density"]) {
		try {
			const wanted = localStorage.getItem("pulsehook." + name);
			if (wanted) {
				root.setAttribute("data-" + name, wanted);
			}
		}
		catch {
			// Storage can be forbidden. The page then looks as the system wants it.
		}
	}
})();
