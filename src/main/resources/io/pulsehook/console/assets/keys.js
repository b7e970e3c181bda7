// Lets readers go through the console with single keys: "/" searches, "j" and "k" go to the
// next and the previous row, Enter opens it, "u" goes up, "?" shows the keys.

import { preference } from "./preferences.js";

const ROWS = ".events > li, .letters > li, .ended > li, .group, [data-rows] > *";

function isTyping(element) {
	return element.matches("input, select, textarea, [contenteditable]");
}

function search() {
	const field = document.querySelector("input[type=search]");
	if (field) {
		field.focus();
		field.select();
		return;
	}
	location.href = document.querySelector("[data-search]").href + "#search";
}

function links() {
	return [...document.querySelectorAll(ROWS)].map((row) => row.querySelector("a[href]")).filter(Boolean);
}

// Without rows, the page may be one of several: then its neighbour opens.
function go(step) {
	const all = links();
	if (all.length === 0) {
		document.querySelector(`main a[rel=${step > 0 ? "next" : "prev"}]`)?.click();
		return;
	}
	const row = document.activeElement.closest(ROWS);
	const present = all.findIndex((link) => row?.contains(link));
	const next = all[present < 0 ? 0 : Math.min(Math.max(present + step, 0), all.length - 1)];
	next.focus();
	next.scrollIntoView({ block: "nearest" });
}

function goUp() {
	document.querySelector(".crumb a")?.click();
}

function help() {
	document.querySelector("[data-keys]").showModal();
}

const keys = { "/": search, j: () => { go(1); }, k: () => { go(-1); }, u: goUp, "?": help };

function press(event) {
	const act = keys[event.key];
	if (!act || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)
			|| preference("keys") === "off" || document.querySelector("dialog[open]")) {
		return;
	}
	event.preventDefault();
	act();
}

export function listenToKeys() {
	document.addEventListener("keydown", press);
	if (location.hash === "#search") {
		search();
	}
	const dialog = document.querySelector("[data-keys]");
	document.querySelector("[data-show-keys]")?.addEventListener("click", help);
	dialog?.addEventListener("click", (event) => {
		if (event.target === dialog || event.target.closest("[data-close]")) {
			dialog.close();
		}
	});
}
