package io.pulsehook.console;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests searches that one page of the list cannot finish.
 */
@Timeout(120)
@Tag("thorough")
class LongSearchTests {

	@RegisterExtension
	static final SharedConsole console = new SharedConsole();

	private static final int EVENTS = 45_000;

	/** Contacts that one test each looks for. */
	private static final String EARLY = "c20005";

	private static final String UNKNOWN = "c99999";

	private static final String LATE = "c45002";

	private static final String FILL = """
			insert into pulsehook_event (source, kind, type, title, service, contact, occurred_at, received_at, body)
			with recursive n (i) as (select %3$d union all select i + 1 from n where i < %1$d)
			select 'default', 'chatbot', 'OpenChat', 'open_chat', 'telegram', 'c' || i, %2$d + i * 60000,
				%2$d + i * 60000, cast('{"title":"open_chat","contact":{"id":"c' || i || '","name":"Person '
					|| iif(i %% 20000 = 5 and i < 50000, 'sought', '') || '"}}' as blob)
			from n
			""";

	private static DemoService service;

	@BeforeAll
	static void start(@TempDir Path directory) throws SQLException {
		service = new DemoService(directory.resolve("data"), "--pulsehook.retention=40d");
		fill(1, EVENTS);
	}

	private static void fill(int from, int to) throws SQLException {
		long first = System.currentTimeMillis() - to * 60_000L;
		try (Connection connection = service.connection(); Statement statement = connection.createStatement()) {
			statement.executeUpdate(FILL.formatted(to, first, from));
		}
	}

	@AfterAll
	static void stop() {
		service.close();
	}

	@Test
	void goOnByThemselvesAndEnd() {
		Page page = loggedIn(new Browser.NewContextOptions());
		page.navigate("console/events?q=sought");
		mustEnd(page);
		PlaywrightAssertions.assertThat(page.locator("#events li")).hasCount(3);
		assertThat(page.locator("nav.pages a[rel=next]").count()).isZero();
		page.navigate("console/events?q=nowhere");
		mustEnd(page);
		PlaywrightAssertions.assertThat(page.locator("#none")).hasText("No matching events.");
	}

	@Test
	void tellHowFarBackTheyHaveReadAndCanBeStopped() {
		Page page = loggedIn(new Browser.NewContextOptions());
		AtomicInteger pages = new AtomicInteger();
		// The second page is not answered before the reader has stopped the search.
		Pattern further = Pattern.compile(".*/console/events\\?.*cursor=.*");
		page.route(further, (route) -> {
			if (pages.incrementAndGet() == 1) {
				route.resume();
			}
		});
		page.navigate("console/events?q=nowhere");
		PlaywrightAssertions.assertThat(page.locator("#searched"))
			.containsText(Pattern.compile("Searching.*back to .*\\d\\d:\\d\\d:\\d\\d"));
		page.locator("[data-stop]").click();
		PlaywrightAssertions.assertThat(page.locator("#searched")).containsText("Stopped. Searched back to");
		PlaywrightAssertions.assertThat(page.locator("[data-stop]")).isHidden();
		page.unroute(further);
		page.getByText("Search older events").click();
		mustEnd(page);
	}

	@Test
	void showWhatArrivesAfterTheyHaveGoneOn() {
		Page page = loggedIn(new Browser.NewContextOptions());
		page.navigate("console/events?q=" + EARLY);
		mustEnd(page);
		PlaywrightAssertions.assertThat(page.locator("#searched")).containsText("What it found further back is as of");
		service.message("Ada Lovelace", "Where is " + EARLY);
		page.getByText(Pattern.compile("^1 new event$")).click();
		PlaywrightAssertions.assertThat(page.locator("#events li")).hasCount(2);
		PlaywrightAssertions.assertThat(page.locator("#events li").first()).containsText("Ada Lovelace");
		PlaywrightAssertions.assertThat(page.locator("#events li").last()).hasAttribute("id", "event-20005");
		page.navigate("console/events?q=" + UNKNOWN);
		mustEnd(page);
		service.message("Ada Lovelace", "Where is " + UNKNOWN);
		PlaywrightAssertions.assertThat(page.locator("#events li")).hasCount(1);
		PlaywrightAssertions.assertThat(page.locator("#none")).isEmpty();
	}

	@Test
	void lookAgainForMoreThanOnePageHasRead() throws SQLException {
		Page page = loggedIn(new Browser.NewContextOptions());
		page.navigate("console/events?q=" + LATE);
		mustEnd(page);
		fill(EVENTS + 1, 2 * EVENTS);
		service.message("Ada Lovelace", "Is anybody there?");
		page.getByText(Pattern.compile("^New events$")).click();
		PlaywrightAssertions.assertThat(page.locator("#events li")).hasCount(1);
		mustEnd(page);
	}

	@Test
	void goOnByALinkWithoutScripts() {
		Page page = loggedIn(new Browser.NewContextOptions().setJavaScriptEnabled(false));
		page.navigate("console/events?q=nowhere");
		PlaywrightAssertions.assertThat(page.locator("#searched")).containsText("Searched back to");
		PlaywrightAssertions.assertThat(page.locator("#none")).containsText("Nothing found so far.");
		while (page.locator("nav.pages a[rel=next]").count() > 0) {
			page.locator("nav.pages a[rel=next]").click();
		}
		PlaywrightAssertions.assertThat(page.locator("#none")).containsText("No further matching events.");
	}

	// A busy machine reads little for each page.
	private static void mustEnd(Page page) {
		PlaywrightAssertions.assertThat(page.locator("#searched"))
			.containsText("All events were searched.", new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
	}

	private static Page loggedIn(Browser.NewContextOptions options) {
		Page page = console.chromium().open(service.root() + "/", options);
		Chromium.logIn(page);
		return page;
	}

}
