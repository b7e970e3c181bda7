// Takes the live regions of a newly loaded page over into the open one.

import { patch } from "./patch.js";
import { updateRows } from "./rows.js";

function update(region, fresh) {
	const focused = region.contains(document.activeElement) ? document.activeElement.id : null;
	patch(region, fresh);
	if (focused && document.activeElement.id !== focused) {
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
			update(region, twin);
		}
	}
}
