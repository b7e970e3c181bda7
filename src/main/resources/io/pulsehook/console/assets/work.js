// Tells the server in which zone the times of a form are written.

import { zone } from "./times.js";

document.addEventListener("submit", (event) => {
	const field = event.target.querySelector("input[name=zone]");
	if (field) {
		field.value = zone();
	}
}, { capture: true });

for (const link of document.querySelectorAll("a[data-zoned]")) {
	const url = new URL(link.href);
	url.searchParams.set("zone", zone());
	link.href = url.href;
}
