// Copies the text of the element that a button names in data-copy.

// What the buttons say that say "Copied" just now.
const labels = new Map();

// Copies a text, and says so on the button that was pressed for it.
export async function copyText(button, text) {
	try {
		await navigator.clipboard.writeText(text);
	}
	catch {
		// Without HTTPS there is no clipboard; a selection can still be copied.
		const field = document.createElement("textarea");
		field.value = text;
		document.body.append(field);
		field.select();
		document.execCommand("copy");
		field.remove();
		button.focus();
	}
	if (!labels.has(button)) {
		labels.set(button, button.textContent);
		setTimeout(() => { button.textContent = labels.get(button); labels.delete(button); }, 1500);
	}
	button.textContent = "Copied";
}

document.addEventListener("click", (event) => {
	const button = event.target.closest("[data-copy]");
	if (button) {
		const source = document.getElementById(button.dataset.copy);
		copyText(button, source.value ?? source.textContent);
	}
});
