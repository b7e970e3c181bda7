package io.pulsehook.console;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.pulsehook.inbox.query.EventFilter;
import io.pulsehook.inbox.query.StoredEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Does what operators do, from the overview on, and counts the clicks that it takes.
 */
@Timeout(120)
class OperatorJobsTests {

	private static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

	@RegisterExtension
	static final SharedConsole console = new SharedConsole();

	private final DemoService service = console.service();

	private Page page;

	private int clicks;

	@BeforeEach
	void begin() {
		this.service.fail();
		this.page = console.loggedIn(new Browser.NewContextOptions().setTimezoneId(ZONE.getId())
			.setViewportSize(1_440, 900)
			.setPermissions(List.of("clipboard-read", "clipboard-write")));
	}

	@Test
	void seesTheLastMessageOfAContact() {
		send("Beatriz Ramos", "My address has changed to Rua Nova 7");
		click(tab("Events"));
		search("beatriz ramos");
		PlaywrightAssertions.assertThat(this.page.locator("#events li").first()).containsText("Rua Nova 7");
		took(1);
	}

	@Test
	void seesWhyAPaymentFailed() {
		click(tab("Dead letters"));
		PlaywrightAssertions.assertThat(this.page.locator("main")).containsText("No course is sold in EUR");
		click(this.page.locator("main a[href*='/dead-letters/group?'][href*='grantAccess']").first());
		PlaywrightAssertions.assertThat(this.page.locator("main"))
			.containsText(Pattern.compile("No course is sold in EUR, order ord-\\w+"));
		PlaywrightAssertions.assertThat(this.page.locator("main a[href*='/console/events/']").first()).isVisible();
		took(2);
	}

	@Test
	void runsAllDeadLettersOfAHandlerAgainAndSeesTheResult() {
		this.service.mend();
		click(this.page.locator("#scores").getByText("grantAccess"));
		click(this.page.getByRole(AriaRole.LINK,
				new Page.GetByRoleOptions().setName(Pattern.compile("Run (all )?\\d+ again"))));
		click(this.page.getByRole(AriaRole.BUTTON,
				new Page.GetByRoleOptions().setName(Pattern.compile("Run \\d+ again"))));
		this.page.waitForURL(Pattern.compile(".*/console/replays/\\d+"));
		PlaywrightAssertions.assertThat(this.page.locator("main")).containsText(Pattern.compile("\\d+ succeeded"));
		took(3);
	}

	@Test
	void findsWhatCameByAServiceWithAWordBetweenTwoTimes() {
		send("Beatriz Ramos", "I want a refund");
		LocalDateTime now = LocalDateTime.ofInstant(Instant.now(), ZONE).truncatedTo(ChronoUnit.MINUTES);
		click(tab("Events"));
		this.page.getByPlaceholder("Search").fill("refund");
		click(this.page.getByText("More filters"));
		this.page.getByLabel(Pattern.compile("^From")).fill(now.minusMinutes(4).toString());
		this.page.getByLabel(Pattern.compile("^Until")).fill(now.plusMinutes(1).toString());
		// A choice applies at once.
		select("Service", "whatsapp");
		this.page.waitForURL("**service=whatsapp**");
		PlaywrightAssertions.assertThat(this.page.locator("#events li")).hasCount(1);
		PlaywrightAssertions.assertThat(this.page.locator("#events li")).containsText("I want a refund");
		took(4);
	}

	@Test
	void exportsEventsForASpreadsheet() throws IOException {
		send("Beatriz Ramos", "The export has me");
		click(tab("Events"));
		Download export = this.page.waitForDownload(() -> click(this.page.getByText("Export CSV")));
		assertThat(export.suggestedFilename()).endsWith(".csv");
		assertThat(Files.readString(export.path())).contains("Beatriz Ramos", "The export has me");
		took(2);
	}

	@Test
	void erasesAPerson() {
		send("Forget Me", "Please delete all that you know of me");
		this.page.keyboard().press("/");
		this.page.waitForURL("**/console/events#search");
		this.page.keyboard().type("forget me");
		this.page.keyboard().press("Enter");
		this.page.waitForURL("**q=forget**");
		click(this.page.locator("#events li a").first());
		click(this.page.locator("main a[href*='/contacts/']").first());
		click(this.page.locator("main a[href*='/contacts/erase']"));
		PlaywrightAssertions.assertThat(this.page.locator("#stored")).containsText("1 event");
		this.page.getByLabel(Pattern.compile("^Type")).fill("Forget Me");
		this.page.keyboard().press("Enter");
		this.page.waitForURL("**/console/contacts/erased**");
		assertThat(events("Please delete all")).isEmpty();
		took(3);
	}

	@Test
	void copiesAnEventAsCurl() {
		send("Beatriz Ramos", "Copy this");
		click(this.page.locator("#newest li").filter(new Locator.FilterOptions().setHasText("Copy this")));
		click(this.page.getByText("Copy as curl"));
		Awaitility.await()
			.pollInSameThread()
			.untilAsserted(
					() -> assertThat((String) this.page.evaluate("navigator.clipboard.readText()")).startsWith("curl ")
						.contains("Copy this")
						.doesNotContain(DemoService.TOKEN));
		took(2);
	}

	@Test
	void readsAConversation() {
		send("Carla Conversa", "The first of two");
		send("Carla Conversa", "The second of two");
		click(this.page.locator("#newest li").filter(new Locator.FilterOptions().setHasText("The second of two")));
		click(this.page.locator("main a[href*='/contacts/']").first());
		PlaywrightAssertions.assertThat(this.page.locator("#conversation"))
			.containsText(Pattern.compile("The first of two.*The second of two", Pattern.DOTALL));
		took(2);
	}

	@Test
	void seesTheSlowestEventOfTheSlowestHandler() {
		click(this.page.locator("#scores tbody a").first());
		PlaywrightAssertions.assertThat(this.page.locator("#slow")).containsText("Slowest events");
		click(this.page.locator("#slow ol a").first());
		this.page.waitForURL(Pattern.compile(".*/console/events/\\d+"));
		took(2);
	}

	private void send(String name, String text) {
		this.service.message(name, text);
		Awaitility.await().until(() -> !events(text).isEmpty());
		this.page.reload();
	}

	private List<?> events(String text) {
		return this.service.bean(StoredEvents.class).page(EventFilter.builder().text(text).build(), null, 10).events();
	}

	private Locator tab(String name) {
		return this.page.locator("nav[aria-label=Console] a").filter(new Locator.FilterOptions().setHasText(name));
	}

	private void search(String words) {
		this.page.getByPlaceholder("Search").fill(words);
		this.page.keyboard().press("Enter");
		this.page.waitForURL("**q=**");
	}

	private void select(String label, String value) {
		this.clicks++;
		this.page.getByLabel(label).first().selectOption(value);
	}

	private void click(Locator place) {
		this.clicks++;
		place.click();
	}

	private void took(int atMost) {
		assertThat(this.clicks).as("clicks").isLessThanOrEqualTo(atMost);
	}

}
