// Keeps in this browser how its reader wants pages: theme, density, time zone, and whether
// single keys do something. Tells of a change with the event "preference".

const drawnByRoot = new Set(["theme", "density"]);

// Returns what the reader chose, or an empty string for the default.
export function preference(name) {
	try {
		return localStorage.getItem("pulsehook." + name) ?? "";
	}
	catch {
		return "";
	}
}

function keep(name, value) {
	try {
		if (value) {
			localStorage.setItem("pulsehook." + name, value);
		}
		else {
			localStorage.removeItem("pulsehook." + name);
		}
	}
	catch {
		// Storage can be forbidden. The choice then lasts as long as the page.
	}
}

function apply(name, value) {
	if (drawnByRoot.has(name)) {
		if (value) {
			document.documentElement.dataset[name] = value;
		}
		else {
			delete document.documentElement.dataset[name];
		}
	}
	document.dispatchEvent(new CustomEvent("preference", { detail: name }));
}

function show(form) {
	for (const field of form.querySelectorAll("input[type=radio]")) {
		field.checked = field.value === preference(field.name);
	}
}

// Connects the form in which the reader chooses.
export function choosePreferences() {
	const form = document.querySelector("[data-preferences]");
	if (!form) {
		return;
	}
	show(form);
	form.addEventListener("change", ({ target }) => {
		keep(target.name, target.value);
		apply(target.name, target.value);
	});
	// Another tab of this browser has changed something.
	addEventListener("storage", ({ key }) => {
		if (key?.startsWith("pulsehook.")) {
			show(form);
			const name = key.slice("pulsehook.".length);
			apply(name, preference(name));
		}
	});
}
