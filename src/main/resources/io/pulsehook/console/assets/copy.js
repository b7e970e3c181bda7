// Copies the text of the element that a button names in data-copy.

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
	const label = button.textContent;
	button.textContent = "Copied";
	setTimeout(() => { button.textContent = label; }, 1500);
}

document.addEventListener("click", (event) => {
	const button = event.target.closest("[data-copy]");
	if (button) {
		const source = document.getElementById(button.dataset.copy);
		copyText(button, source.value ?? source.textContent);
	}
});
