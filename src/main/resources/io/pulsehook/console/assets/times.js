// Shows times in the reader's time zone.

// Returns the time zone in which times are shown and typed: an IANA name, such as
// "Asia/Kolkata" or "UTC".
export function zone() {
	return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

const units = [[86400 * 2, 86400, " days"], [7200, 3600, " h"], [120, 60, " min"], [0, 1, " s"]];

function span(seconds) {
	const [, size, name] = units.find(([from]) => seconds >= from);
	return Math.floor(seconds / size) + name;
}

// Writes how long ago each time below this element was.
export function tellTimes(root) {
	for (const time of root.querySelectorAll("time[datetime]")) {
		const at = new Date(time.dateTime);
		const seconds = Math.floor((Date.now() - at) / 1000);
		const text = seconds < 0 ? "in " + span(-seconds) : seconds < 1 ? "just now" : span(seconds) + " ago";
		time.title = at.toLocaleString();
		if (time.textContent !== text) {
			time.textContent = text;
		}
	}
}
