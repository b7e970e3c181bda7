// Takes the live regions of a newly loaded page over into the open one.

import { sameButTimes, updateRows } from "./rows.js";

function keepOpen(from, to) {
	for (const details of from.querySelectorAll("details[data-key][open]")) {
		const twin = to.querySelector(`details[data-key="${CSS.escape(details.dataset.key)}"]`);
		if (twin) {
			twin.open = true;
		}
	}
}

function replace(region, fresh) {
	if (sameButTimes(region, fresh)) {
		return;
	}
	const focused = region.contains(document.activeElement) ? document.activeElement.id : null;
	keepOpen(region, fresh);
	region.replaceWith(fresh);
	if (focused) {
		document.getElementById(focused)?.focus();
	}
}

export function updateRegions(fresh) {
	for (const region of document.querySelectorAll("[data-live][id]")) {
		const twin = fresh.getElementById(region.id);
		if (twin && region.hasAttribute("data-keyed")) {
			updateRows(region, document.adoptNode(twin));
		}
		else if (twin) {
			replace(region, document.adoptNode(twin));
		}
	}
}
