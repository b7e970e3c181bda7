package io.pulsehook.console.event;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.pulsehook.console.format.Labels;
import io.pulsehook.event.PaymentOrder;
import io.pulsehook.inbox.model.EventKind;
import io.pulsehook.inbox.query.StoredEvent;

/**
 * The heading of an event's page.
 *
 * @param label the name of its type
 * @param service the name of the platform, empty where there is none
 * @param who whom it is about, or {@code null}
 * @param what the sum of a payment, the beginning of what was written, or {@code null}
 */
public record EventHeading(String label, String service, @Nullable String who, @Nullable String what) {

	private static final int LONGEST = 60;

	public static EventHeading of(FoundEvent found) {
		StoredEvent stored = found.stored();
		EventSummary summary = EventSummary.of(found.event());
		String what = (found.event() instanceof PaymentOrder order) ? EventSummary.cost(order)
				: shortened(summary.text().strip());
		return new EventHeading(Labels.type(stored.type()),
				(stored.kind() == EventKind.CHATBOT) ? Labels.service(stored.type(), stored.service()) : "",
				summary.who(), what);
	}

	private static @Nullable String shortened(String text) {
		if (text.isEmpty()) {
			return null;
		}
		String line = text.lines().findFirst().orElse(text);
		int end = line.offsetByCodePoints(0, Math.min(LONGEST, line.codePointCount(0, line.length())));
		return (end < text.length()) ? line.substring(0, end).stripTrailing() + "…" : line;
	}

	/**
	 * Returns the heading as the title of a tab.
	 * @return the parts that there are, in a line
	 */
	public String title() {
		return Stream.of(this.label, this.who, this.what).filter(Objects::nonNull).collect(Collectors.joining(" · "));
	}

}
