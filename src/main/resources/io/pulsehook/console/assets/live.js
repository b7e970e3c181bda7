// Loads the open page anew.

import { updateCharts } from "./chart.js";
import { updateRegions } from "./regions.js";
import { tellTimes } from "./times.js";

let loading = null;

function takeOver(fresh) {
	updateRegions(fresh);
	updateCharts(fresh);
	tellTimes(document);
	document.dispatchEvent(new Event("refreshed"));
}

async function load() {
	try {
		const response = await fetch(location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } });
		if (!response.ok) {
			return response.status >= 500 ? "failed" : [401, 403].includes(response.status) ? "logged out" : "done";
		}
		const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
		// What comes after a redirect to a login is no page of the console.
		if (!fresh.body.dataset.feed) {
			return "logged out";
		}
		takeOver(fresh);
		return "done";
	}
	catch {
		return "failed";
	}
}

// Takes over the live regions of this page as it is now. A module that keeps something for
// their elements listens for "refreshed". Returns "done", "failed" or "logged out".
export function refresh() {
	loading ??= load().finally(() => { loading = null; });
	return loading;
}
