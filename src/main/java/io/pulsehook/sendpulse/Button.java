package io.pulsehook.sendpulse;

import org.jspecify.annotations.Nullable;

/**
 * A button below a message.
 */
public final class Button {

	private final String title;

	private final @Nullable String url;

	private final @Nullable String flow;

	private Button(String title, @Nullable String url, @Nullable String flow) {
		if (title.isBlank()) {
			throw new IllegalArgumentException("A button needs a title.");
		}
		this.title = title;
		this.url = url;
		this.flow = flow;
	}

	/**
	 * Makes a button that opens a page. WhatsApp has none.
	 * @param title what is written on the button
	 * @param url the page's address, with {@code http} or {@code https}
	 * @return the button
	 * @throws IllegalArgumentException if the title is blank, or the address is none
	 */
	public static Button link(String title, String url) {
		return new Button(title, Links.check(url), null);
	}

	/**
	 * Makes a button that starts a flow.
	 * @param title what is written on the button
	 * @param flowId the flow's id, which SendPulse's API also calls that of a chain
	 * @return the button
	 * @throws IllegalArgumentException if one of them is blank
	 */
	public static Button flow(String title, String flowId) {
		if (flowId.isBlank()) {
			throw new IllegalArgumentException("A button that starts a flow needs the flow's id.");
		}
		return new Button(title, null, flowId);
	}

	String title() {
		return this.title;
	}

	/** The page that it opens, or {@code null} if it starts a flow. */
	@Nullable String url() {
		return this.url;
	}

	/** The flow that it starts, or {@code null} if it opens a page. */
	@Nullable String flow() {
		return this.flow;
	}

	/**
	 * Leaves out what is written to people, because this text can end up in logs.
	 */
	@Override
	public String toString() {
		return "Button[]";
	}

}
