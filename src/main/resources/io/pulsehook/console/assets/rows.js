// Updates lists of events, newest first, whose rows have ids such as "event-12". Rows that
// are shown stay where they are, so that none moves under the pointer; new ones wait behind
// a button that counts them.

import { tellTimes } from "./times.js";

const lists = new Map();
const title = document.title;

// Tells whether two elements differ in nothing but what changes by itself or by the reader.
export function sameButTimes(one, other) {
	const bare = (element) => {
		const copy = element.cloneNode(true);
		copy.classList.remove("new", "left");
		copy.querySelectorAll("time").forEach((time) => { time.textContent = ""; time.removeAttribute("title"); });
		copy.querySelectorAll("input[name=_csrf]").forEach((field) => { field.remove(); });
		copy.querySelectorAll("details").forEach((details) => { details.removeAttribute("open"); });
		return copy.outerHTML.replaceAll(' class=""', "");
	};
	return bare(one) === bare(other);
}

function byId(list) {
	return new Map([...list.children].map((row) => [row.id, row]));
}

function number(id) {
	return Number(id.split("-").at(-1));
}

function stateOf(list) {
	if (!lists.has(list)) {
		lists.set(list, { button: buttonFor(list), arrived: new Set(), uncounted: false, fresh: list });
	}
	return lists.get(list);
}

function buttonFor(list) {
	const button = document.createElement("button");
	button.type = "button";
	const place = document.createElement("div");
	place.className = "arrivals";
	place.setAttribute("role", "status");
	place.hidden = true;
	place.append(button);
	(list.closest(".card.flush") ?? list).before(place);
	button.addEventListener("click", () => { showAll(list); });
	return button;
}

function label({ arrived, uncounted }) {
	if (uncounted) {
		return "New events";
	}
	return arrived.size === 1 ? "1 new event" : arrived.size + " new events";
}

function tell(state) {
	state.button.parentElement.hidden = state.arrived.size === 0;
	if (state.button.textContent !== label(state)) {
		state.button.textContent = label(state);
	}
	const most = [...lists.values()].sort((one, other) => other.arrived.size - one.arrived.size)[0];
	const count = most.uncounted ? "•" : most.arrived.size;
	document.title = most.arrived.size > 0 ? `(${count}) ${title}` : title;
}

function showAll(list) {
	const state = stateOf(list);
	const shown = byId(list);
	const rows = [...state.fresh.children].map((row) => {
		const old = shown.get(row.id);
		row.classList.toggle("new", !old);
		return old && sameButTimes(old, row) ? old : row;
	});
	list.replaceChildren(...rows);
	state.arrived.clear();
	state.uncounted = false;
	state.fresh = list;
	tell(state);
	tellTimes(list);
	(list.closest(".card") ?? list).scrollIntoView({ block: "nearest" });
	list.querySelector("a")?.focus({ preventScroll: true });
}

// Shows the present state of a row at its place. Its link keeps the focus.
function exchange(old, row) {
	const focused = old.contains(document.activeElement);
	old.replaceWith(row);
	if (focused) {
		row.querySelector("a")?.focus({ preventScroll: true });
	}
}

function count(state, shown, loaded) {
	const oldest = Math.min(...[...loaded.keys()].map(number));
	const lowest = Math.min(...[...shown.keys()].map(number));
	const isThere = (id) => loaded.has(id) || number(id) < oldest;
	const known = [...loaded.keys()].some((id) => shown.has(id) || state.arrived.has(id));
	// More can arrive between two looks than a page has rows. No count is better than a low
	// one.
	state.uncounted ||= !known;
	state.arrived = new Set([...state.arrived, ...loaded.keys()]
		.filter((id) => !shown.has(id) && number(id) > lowest && isThere(id)));
	shown.forEach((row, id) => { row.classList.toggle("left", !isThere(id)); });
}

// Compares a list with the newly loaded one. A row that is no longer in that one, since its
// status has changed for example, stays in grey until the reader asks for the new rows.
export function updateRows(list, fresh) {
	const shown = byId(list);
	const loaded = byId(fresh);
	if (shown.size === 0 || loaded.size === 0) {
		lists.get(list)?.arrived.clear();
		list.replaceChildren(...fresh.children);
		return;
	}
	const state = stateOf(list);
	count(state, shown, loaded);
	for (const [id, row] of loaded) {
		if (shown.has(id) && !sameButTimes(shown.get(id), row)) {
			exchange(shown.get(id), row.cloneNode(true));
		}
	}
	state.fresh = fresh;
	tell(state);
}
