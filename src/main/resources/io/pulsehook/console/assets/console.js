// Starts what every page has. The pages also work without scripts. A page with a module of
// its own names it in its call of the layout.

import "./copy.js";
import { drawCharts } from "./chart.js";
import { listen, update } from "./feed.js";
import { listenToKeys } from "./keys.js";
import { choosePreferences } from "./preferences.js";
import { tellTimes } from "./times.js";

choosePreferences();
listenToKeys();
drawCharts();
tellTimes(document);
setInterval(() => { tellTimes(document); }, 5000);
setInterval(() => { if (document.querySelector("[data-poll]")) { update(); } }, 1000);
listen();
