// Updates lists of events, newest first, whose rows have ids such as "event-12". Rows that
// are shown stay where they are, so that none moves under the pointer; new ones wait behind
// a button that counts them.
//
// A page need not have looked at all events. Its list can tell back to which one it has
// ("data-back") and which was the newest then ("data-newest"). A list is "data-further" if a
// search has gone on by itself and has added older rows, which a newly loaded page does not
// have.

import { tellTimes } from "./times.js";

const lists = new Map();
const title = document.title;

// Tells whether two elements differ in nothing but what changes by itself or by the reader.
function sameButTimes(one, other) {
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
		lists.set(list, { button: buttonFor(list), arrived: new Set(), uncounted: false, gap: false, fresh: list });
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

// Returns the number of the oldest event that a newly loaded page has looked at.
function back(fresh) {
	return Number(fresh.dataset.back ?? Math.min(...[...fresh.children].map(({ id }) => number(id))));
}

function hasFurther(list) {
	return list.hasAttribute("data-further");
}

// Returns the rows that a newly loaded page has not looked for.
function further(list, fresh) {
	return hasFurther(list) ? [...list.children].filter(({ id }) => number(id) < back(fresh)) : [];
}

function label({ arrived, uncounted, gap }) {
	if (uncounted || gap) {
		return "New events";
	}
	return arrived.size === 1 ? "1 new event" : arrived.size + " new events";
}

function tell(state) {
	state.button.parentElement.hidden = state.arrived.size === 0 && !state.gap;
	if (state.button.textContent !== label(state)) {
		state.button.textContent = label(state);
	}
	const most = [...lists.values()].sort((one, other) => other.arrived.size - one.arrived.size)[0];
	const count = most.uncounted ? "•" : most.arrived.size;
	document.title = most.arrived.size > 0 ? `(${count}) ${title}` : title;
}

function showAll(list) {
	const state = stateOf(list);
	if (state.gap) {
		location.reload();
		return;
	}
	const shown = byId(list);
	const rows = [...state.fresh.children].map((row) => {
		const old = shown.get(row.id);
		row.classList.toggle("new", !old);
		return old && sameButTimes(old, row) ? old : row;
	});
	list.replaceChildren(...rows, ...further(list, state.fresh));
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

// Nobody has looked at what lies between the events of a newly loaded page and those that
// were the newest before. Only the search as a whole finds what is there.
function findGap(list, fresh) {
	const gap = hasFurther(list) && back(fresh) > Number(list.dataset.newest);
	if (gap) {
		stateOf(list).gap = true;
	}
	else if (fresh.dataset.newest) {
		list.dataset.newest = fresh.dataset.newest;
	}
}

function count(list, fresh, shown, loaded) {
	const state = stateOf(list);
	const oldest = back(fresh);
	const lowest = Math.min(...[...shown.keys()].map(number));
	const isThere = (id) => loaded.has(id) || number(id) < oldest;
	const known = [...loaded.keys()].some((id) => shown.has(id) || state.arrived.has(id));
	// More can arrive between two looks than a page has rows. No count is better than a low
	// one.
	state.uncounted ||= !known && !hasFurther(list);
	state.arrived = new Set([...state.arrived, ...loaded.keys()]
		.filter((id) => !shown.has(id) && number(id) > lowest && isThere(id)));
	shown.forEach((row, id) => { row.classList.toggle("left", !isThere(id)); });
}

// Compares a list with the newly loaded one. A row that is no longer in that one, since its
// status has changed for example, stays in grey until the reader asks for the new rows.
export function updateRows(list, fresh) {
	const shown = byId(list);
	const loaded = byId(fresh);
	findGap(list, fresh);
	if (shown.size === 0 || (loaded.size === 0 && further(list, fresh).length === 0)) {
		lists.get(list)?.arrived.clear();
		list.replaceChildren(...fresh.children);
	}
	else {
		count(list, fresh, shown, loaded);
		for (const [id, row] of loaded) {
			if (shown.has(id) && !sameButTimes(shown.get(id), row)) {
				exchange(shown.get(id), row.cloneNode(true));
			}
		}
		stateOf(list).fresh = fresh;
	}
	if (lists.has(list)) {
		tell(lists.get(list));
	}
}
