// Makes an element like a newly loaded one, and leaves alone whatever is the same: what the
// reader has focused, selected, typed or opened stays, and a long list is not drawn anew
// because of one figure.

function isSameTime(old, fresh) {
	return old.localName === "time" && old.dateTime === fresh.dateTime;
}

// Tells whether an element stays as it is. Scripts have drawn on a canvas, which has its own
// way to newer data, and a form keeps the token that it came with.
function isKept(old, fresh) {
	return isSameTime(old, fresh) || old.localName === "canvas" || old.getAttribute("name") === "_csrf";
}

function key(node) {
	return node.id || node.dataset?.key || "";
}

function areAlike(one, other) {
	return one.nodeType === other.nodeType && one.nodeName === other.nodeName && key(one) === key(other);
}

// Whether details are open is up to the reader.
function patchAttributes(old, fresh) {
	for (const { name } of [...old.attributes]) {
		if (!fresh.hasAttribute(name) && name !== "open") {
			old.removeAttribute(name);
		}
	}
	for (const { name, value } of fresh.attributes) {
		if (old.getAttribute(name) !== value && name !== "open") {
			old.setAttribute(name, value);
		}
	}
}

// Finds the child that becomes a fresh one: that of the same key wherever it is, or else the
// next one alike.
function twin(child, place, keyed) {
	if (key(child)) {
		const known = keyed.get(key(child));
		return known && areAlike(known, child) ? known : null;
	}
	for (let node = place; node; node = child.nodeType === Node.ELEMENT_NODE ? node.nextSibling : null) {
		if (areAlike(node, child)) {
			return node;
		}
	}
	return null;
}

// Tells whether nothing that another fresh element waits for lies before an element.
function isNext(place, known, waiting) {
	for (let node = place; node; node = node.nextSibling) {
		if (node === known) {
			return true;
		}
		if (waiting.has(node)) {
			return false;
		}
	}
	return false;
}

function removeUntil(place, end, waiting) {
	while (place && place !== end) {
		const next = place.nextSibling;
		if (!waiting.has(place)) {
			place.remove();
		}
		place = next;
	}
}

function byKey(elements) {
	return new Map([...elements].filter(key).map((element) => [key(element), element]));
}

function patchChildren(old, fresh) {
	const wanted = byKey(fresh.children);
	const keyed = byKey([...old.children].filter((child) => wanted.has(key(child)) && areAlike(child, wanted.get(key(child)))));
	const waiting = new Set(keyed.values());
	let place = old.firstChild;
	for (const child of [...fresh.childNodes]) {
		const known = twin(child, place, keyed);
		if (!known) {
			old.insertBefore(child, place);
			continue;
		}
		if (!key(known) || isNext(place, known, waiting)) {
			removeUntil(place, known, waiting);
			place = known.nextSibling;
		}
		else {
			old.insertBefore(known, place);
		}
		keyed.delete(key(child));
		waiting.delete(known);
		patch(known, child);
	}
	removeUntil(place, null, new Set());
}

export function patch(old, fresh) {
	if (old.nodeType !== Node.ELEMENT_NODE) {
		if (old.data !== fresh.data) {
			old.data = fresh.data;
		}
		return;
	}
	if (!isKept(old, fresh)) {
		patchAttributes(old, fresh);
		patchChildren(old, fresh);
	}
}
