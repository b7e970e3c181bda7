// The form by which events are searched for: selects apply at once, chips keep what was typed,
// and times are typed in the zone in which they are shown.

import { write, zone } from "./times.js";

const FOCUS = "pulsehook.focus";
const WHOLE_DAYS = ["today", "yesterday"];

// Writes a time as a field for local times takes it.
function local(at) {
	const parts = write(at, {
		year: "numeric", month: "2-digit", day: "2-digit",
		hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23",
	}).match(/\d+/g);
	const [day, month, year, hour, minute, second] = parts;
	return `${year}-${month}-${day}T${hour}:${minute}` + (second === "00" ? "" : ":" + second);
}

function showTimes(form) {
	for (const field of form.querySelectorAll("input[data-at]")) {
		if (field.dataset.at) {
			field.value = local(new Date(field.dataset.at + "Z"));
		}
	}
}

// Returns the address of what is filled in, without empty fields.
function address(form, changes) {
	const values = new URLSearchParams();
	for (const [name, value] of new FormData(form)) {
		if (value.trim() !== "") {
			values.set(name, value);
		}
	}
	// A clock shows an hour twice when it is set back, so that what was not typed stays the
	// moment that it is.
	for (const field of form.querySelectorAll("input[data-at]")) {
		if (field.dataset.at && values.has(field.name)) {
			values.set(field.name, field.dataset.at + "Z");
		}
	}
	for (const [name, value] of Object.entries(changes)) {
		values.delete(name);
		if (value) {
			values.set(name, value);
		}
	}
	if (values.has("from") || values.has("to") || WHOLE_DAYS.includes(values.get("when"))) {
		values.set("zone", zone());
	}
	else {
		values.delete("zone");
	}
	const query = values.toString();
	return form.action + (query ? "?" + query : "");
}

function apply(form, select) {
	if (select.name === "when") {
		form.elements.from.value = "";
		form.elements.to.value = "";
	}
	try {
		sessionStorage.setItem(FOCUS, select.name);
	}
	catch {
		// Storage can be forbidden. The focus is then at the beginning of the page.
	}
	location.assign(address(form, {}));
}

// Gives the focus back to the select that has loaded the page.
function takeFocus(form) {
	try {
		const name = sessionStorage.getItem(FOCUS);
		sessionStorage.removeItem(FOCUS);
		form.elements[name]?.focus();
	}
	catch {
		// Nothing was kept.
	}
}

export function startForm(form) {
	showTimes(form);
	takeFocus(form);
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		location.assign(address(form, {}));
	});
	form.addEventListener("change", ({ target }) => {
		if (target.matches("select")) {
			apply(form, target);
		}
		else {
			// What was typed is no longer the time that the page came with.
			target.removeAttribute("data-at");
		}
	});
	document.querySelector("[data-chips]").addEventListener("click", (event) => {
		const chip = event.target.closest("a[data-status]");
		if (chip && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
			event.preventDefault();
			location.assign(address(form, { status: chip.dataset.status }));
		}
	});
	document.addEventListener("preference", ({ detail }) => {
		if (detail === "zone") {
			showTimes(form);
		}
	});
}
