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

// Tells whether nothing that is still wanted lies before an element.
function isNext(place, known, wanted) {
	for (let node = place; node; node = node.nextSibling) {
		if (node === known) {
			return true;
		}
		if (wanted.has(key(node))) {
			return false;
		}
	}
	return false;
}

function removeUntil(place, end, wanted) {
	while (place && place !== end) {
		const next = place.nextSibling;
		if (!wanted.has(key(place))) {
			place.remove();
		}
		place = next;
	}
}

function patchChildren(old, fresh) {
	const keyed = new Map([...old.children].filter(key).map((child) => [key(child), child]));
	const wanted = new Set([...fresh.children].map(key).filter(Boolean));
	let place = old.firstChild;
	for (const child of [...fresh.childNodes]) {
		const known = twin(child, place, keyed);
		if (!known) {
			old.insertBefore(child, place);
			continue;
		}
		if (!key(known) || isNext(place, known, wanted)) {
			removeUntil(place, known, wanted);
			place = known.nextSibling;
		}
		else {
			old.insertBefore(known, place);
		}
		keyed.delete(key(child));
		wanted.delete(key(child));
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
