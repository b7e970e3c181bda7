package io.pulsehook.console.frame;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.pulsehook.console.format.Times;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.model.Outage;
import io.pulsehook.inbox.query.Backlog;

/**
 * What is around each page. Looked up only when a page shows it.
 *
 * @param settings where the console lies
 * @param inbox tells of an outage
 * @param backlog counts the dead letters
 * @param counts whether it counts in the database
 * @param request what is asked for
 */
record Shell(ConsoleSettings settings, Inbox inbox, Backlog backlog, boolean counts, HttpServletRequest request) {

	private static final List<Tab> TABS = List.of(new Tab("", "Overview", "overview"),
			new Tab("/events", "Events", "events"), new Tab("/dead-letters", "Dead letters", "dead"),
			new Tab("/handlers", "Handlers", "handlers"), new Tab("/connect", "Connect", "connect"));

	public String path() {
		return this.settings.path();
	}

	public List<Tab> tabs() {
		return TABS;
	}

	public boolean isCurrent(Tab tab) {
		String root = this.request.getContextPath() + path();
		String own = this.request.getRequestURI();
		String rest = own.startsWith(root) ? own.substring(root.length()) : own;
		return tab.path().isEmpty() ? rest.isEmpty() || rest.equals("/") : rest.startsWith(tab.path());
	}

	// Counts the dead letters for the tab, or shows none when the database cannot be
	// read: the page itself can still be shown.
	public long dead() {
		try {
			return this.counts ? this.backlog.deadLetters() : 0;
		}
		catch (DataAccessException ex) {
			return 0;
		}
	}

	public @Nullable String outage() {
		Outage outage = this.inbox.outage();
		return (outage != null) ? "Since " + Times.exact(outage.since()) + ": " + outage.reason() : null;
	}

	// The user is null in a host application that asks for no login.
	public @Nullable String user() {
		return this.request.getRemoteUser();
	}

	public boolean hasLogout() {
		return this.settings.login();
	}

	/**
	 * A part of the console.
	 *
	 * @param path its path within the console
	 * @param title what it is called
	 * @param icon the name of its icon
	 */
	record Tab(String path, String title, String icon) {

	}

}
