package io.pulsehook.console.frame;

import java.time.Instant;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.pulsehook.console.format.Times.Time;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.spool.Spool;
import io.pulsehook.inbox.spool.SpoolStatus;

/**
 * The frame around each page. Its values are looked up only when a template uses them.
 *
 * @param settings where the console lies
 * @param inbox tells of an outage
 * @param deadLetters counts the dead letters
 * @param spool keeps webhooks during an outage, or {@code null} if there is none
 * @param counts whether it may ask the database for counts
 * @param request the request for the page
 */
record Shell(ConsoleSettings settings, Inbox inbox, DeadCount deadLetters, @Nullable Spool spool, boolean counts,
		HttpServletRequest request) {

	private static final Tab RECONCILIATIONS = new Tab("/reconciliations", "Reconciliations", "reconcile");

	private static final Tab SPOOL = new Tab("/spool", "Spool", "spool");

	private static final List<Tab> TABS = List.of(new Tab("", "Overview", "overview"),
			new Tab("/events", "Events", "events"), new Tab("/dead-letters", "Dead letters", "dead"),
			new Tab("/handlers", "Handlers", "handlers"), RECONCILIATIONS, SPOOL,
			new Tab("/connect", "Connect", "connect"));

	public String path() {
		return this.settings.path();
	}

	public List<Tab> tabs() {
		return TABS.stream()
			.filter((tab) -> tab != RECONCILIATIONS || this.settings.reconciles())
			.filter((tab) -> tab != SPOOL || isSpoolInUse())
			.toList();
	}

	public boolean isCurrent(Tab tab) {
		String root = this.request.getContextPath() + path();
		String own = this.request.getRequestURI();
		String rest = own.startsWith(root) ? own.substring(root.length()) : own;
		return tab.path().isEmpty() ? rest.isEmpty() || rest.equals("/") : rest.startsWith(tab.path());
	}

	// Counts the dead letters for the tab. It returns null while they are being counted,
	// and when the database cannot be read, since the page itself may still be shown. It
	// does not even ask during an outage, in which each question waits for a connection.
	public @Nullable Long dead() {
		try {
			return (this.counts && this.inbox.outage() == null) ? this.deadLetters.letters() : null;
		}
		catch (DataAccessException ex) {
			return null;
		}
	}

	private boolean isSpoolInUse() {
		SpoolStatus status = (this.spool != null) ? this.spool.status() : null;
		return status != null && (status.taking() || status.waiting() > 0 || status.refused() > 0);
	}

	/** What the page says before all else, or null while webhooks are stored as ever. */
	public @Nullable Notice notice() {
		return Notice.of(this.inbox.outage(), (this.spool != null) ? this.spool.status() : null);
	}

	public Time time(Instant time) {
		return Time.of(time, this.settings.clock().instant());
	}

	// The user is null in a host application that asks for no login.
	public @Nullable String user() {
		return this.request.getRemoteUser();
	}

	public boolean hasLogout() {
		return this.settings.login();
	}

	/**
	 * A tab of the console.
	 *
	 * @param path its path within the console
	 * @param title its name
	 * @param icon the name of its icon
	 */
	record Tab(String path, String title, String icon) {

	}

}
