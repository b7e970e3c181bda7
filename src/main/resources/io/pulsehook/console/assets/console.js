// Starts what every page has. The pages also work without scripts. A page with a module of
// its own names it in its call of the layout.

import "./copy.js";
import { drawCharts } from "./chart.js";
import { listen, refresh } from "./live.js";
import { tellTimes } from "./times.js";

document.documentElement.classList.add("js");

drawCharts();
tellTimes(document);
setInterval(() => { tellTimes(document); }, 5000);
setInterval(() => { if (document.querySelector("[data-poll]")) { refresh(); } }, 1000);
if (document.body.dataset.feed && document.querySelector("[data-live]")) {
	listen();
}
