package io.pulsehook.console;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pulsehook.inbox.ExampleEvents;
import io.pulsehook.inbox.Inbox;
import io.pulsehook.inbox.query.StoredDelivery;
import io.pulsehook.inbox.query.StoredEvents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests the list of events and the page of one event in a real browser.
 */
@Timeout(120)
@Tag("thorough")
class EventPagesTests {

	@RegisterExtension
	static final SharedConsole console = new SharedConsole();

	private final DemoService service = console.service();

	@ParameterizedTest
	@ValueSource(strings = { "Asia/Kolkata", "America/Sao_Paulo" })
	void takesTimesInTheZoneOfTheReader(String zone) {
		String name = "Clock in " + zone;
		this.service.message(name, "What time is it?");
		LocalDateTime now = LocalDateTime.ofInstant(received(newest()), ZoneId.of(zone))
			.truncatedTo(ChronoUnit.SECONDS);
		Page page = console.loggedIn(new Browser.NewContextOptions().setTimezoneId(zone));
		page.navigate("console/events");
		page.getByText("More filters").click();
		PlaywrightAssertions.assertThat(page.locator("label:has([name=from]) [data-zone]"))
			.hasText(Pattern.compile(zone.replace("Kolkata", "(Kolkata|Calcutta)").replace('_', ' ')));
		page.locator("[name=from]").fill(now.minusSeconds(1).toString());
		page.locator("[name=to]").fill(now.plusSeconds(2).toString());
		page.getByPlaceholder("Search").fill(name);
		page.keyboard().press("Enter");
		page.waitForURL("**zone=*");
		PlaywrightAssertions.assertThat(page.locator("#events li")).hasCount(1);
		PlaywrightAssertions.assertThat(page.locator("[name=from]")).hasValue(now.minusSeconds(1).toString());
		assertThat(page.getByText("Export CSV").getAttribute("href")).containsPattern("from=[^&]*Z&")
			.doesNotContain("zone=");
		page.locator("[name=to]").fill(now.minusSeconds(1).toString());
		page.keyboard().press("Enter");
		assertVisible(page, "No matching events");
	}

	@Test
	void keepsMomentsOfTheHourThatAClockShowsTwice() {
		Page page = console.loggedIn(new Browser.NewContextOptions().setTimezoneId("Europe/Lisbon"));
		page.navigate("console/events?from=2025-10-26T01:30:00Z&to=2025-10-26T01:45:00Z");
		PlaywrightAssertions.assertThat(page.locator("[name=from]")).hasValue("2025-10-26T01:30");
		page.getByLabel("Service").first().selectOption("telegram");
		page.waitForURL("**service=telegram**");
		assertThat(page.getByText("Export CSV").getAttribute("href")).containsPattern("from=2025-10-26T01(:|%3A)30")
			.containsPattern("to=2025-10-26T01(:|%3A)45");
	}

	@Test
	void appliesSelectsAtOnceAndKeepsWhatWasTyped() {
		this.service.message("Hedy Lamarr", "Frequency hopping");
		Page page = console.loggedIn();
		page.navigate("console/events?from=2030-01-01T00:00:00Z");
		assertVisible(page, "No matching events");
		page.getByPlaceholder("Search").fill("hopping");
		page.locator("[name=when]").selectOption("1h");
		page.waitForURL("**when=1h*");
		assertThat(page.url()).contains("q=hopping").doesNotContain("from=", "status=", "zone=");
		PlaywrightAssertions.assertThat(page.locator("[name=when]")).isFocused();
		PlaywrightAssertions.assertThat(page.locator("#events li")).hasCount(1);
		page.getByPlaceholder("Search").fill("hopping hedy");
		page.locator(".chips a[data-status=done]").click();
		page.waitForURL("**status=done*");
		PlaywrightAssertions.assertThat(page.getByPlaceholder("Search")).hasValue("hopping hedy");
		PlaywrightAssertions.assertThat(page.locator("[name=when]")).hasValue("1h");
		PlaywrightAssertions.assertThat(page.locator("#events li")).hasCount(1);
	}

	@Test
	void leadsBackToTheSearch() {
		this.service.message("Rosalind Franklin", "Photo 51");
		this.service.message("Rosalind Franklin", "Photo 52");
		Page page = console.loggedIn();
		page.navigate("console/events?q=rosalind");
		page.locator("#events li a").first().click();
		page.getByText("Previous of the contact").click();
		assertVisible(page, "Photo 51");
		page.locator(".crumb a").click();
		page.waitForURL("**/console/events?q=rosalind");
		PlaywrightAssertions.assertThat(page.locator("#events li")).hasCount(2);
	}

	@Test
	void findsEventsByPhoneHandlerErrorAndBot() {
		this.service.send("""
				[{"title":"incoming_message","service":"telegram","date":1,"bot":{"id":"b7","name":"Café Lisboa"},
				"contact":{"id":"barbara","name":"James O'Connor","phone":"+351 912 345 678"},
				"info":{"message":{"channel_data":{"message":{"text":"Olá, atenção"}}}}}]""");
		long event = newest();
		Awaitility.await().until(() -> deliveries(event).stream().anyMatch((each) -> each.lastError() != null));
		Page page = console.loggedIn();
		for (String query : List.of("q=ATENCAO%20ola", "q=(351)%20912-345-678&handler=crmSync",
				"error=two%20CONTACTS%20351&botName=lisboa%20cafe&handler=crmSync&status=dead")) {
			page.navigate("console/events?" + query);
			PlaywrightAssertions.assertThat(page.locator("#events li")).hasCount(1);
			PlaywrightAssertions.assertThat(page.locator("#event-" + event)).isVisible();
		}
		page.navigate("console/events?paymentStatus=denied");
		PlaywrightAssertions.assertThat(page.locator("#events li").first()).containsText("Denied");
	}

	@Test
	void exportsNamesAndTextsAsCsvThatNoSpreadsheetCalculates() throws IOException {
		this.service.message("=cmd|' /C calc'!A0", "+1, \"quoted\"");
		Page page = console.loggedIn();
		page.navigate("console/events?q=calc");
		Download export = page.waitForDownload(() -> page.getByText("Export CSV").click());
		assertThat(export.suggestedFilename()).isEqualTo("events.csv");
		assertThat(Files.readString(export.path())).startsWith("\uFEFF\"id\"")
			.contains("\"'=cmd|' /C calc'!A0\",\"'+1, \"\"quoted\"\"\"");
	}

	@Test
	void showsWhoAndWhatInTheHeadingAndTheTabAndTheOrderSoFar() {
		for (int status : new int[] { 101, 200 }) {
			this.service.send(payment("ord-history", status));
		}
		this.service.send(payment("ord-other", 101));
		Page page = console.loggedIn();
		page.navigate("console/events/" + (newest() - 1));
		assertThat(page.title()).startsWith("Payment · Ana Lovelace · 45.00 EUR");
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
			.containsText("Payment · Ana Lovelace · 45.00 EUR");
		PlaywrightAssertions.assertThat(page.locator(".history li")).hasCount(2);
		PlaywrightAssertions.assertThat(page.locator(".history [aria-current]")).hasText("Completed");
		page.locator(".history a").click();
		PlaywrightAssertions.assertThat(page.locator(".history [aria-current]")).hasText("Pending");
	}

	private static String payment(String order, int status) {
		return """
				{"event":"payment_order","order":{"id":"%s","status":%d,"totalCost":45,"currency":"EUR",
				"customerName":"Ana Lovelace","contactId":"ana-lovelace","updatedAt":"2026-01-31T12:00:%02dZ"}}"""
			.formatted(order, status, status % 60);
	}

	@Test
	void comparesTwoEvents() {
		this.service.message("Emmy Noether", "Symmetry");
		this.service.message("Emmy Noether", "Conservation");
		Page page = console.loggedIn();
		page.navigate("console/events/" + newest());
		page.getByText("Compare", new Page.GetByTextOptions().setExact(true)).click();
		PlaywrightAssertions.assertThat(page.locator(".compare")).containsText("Symmetry");
		PlaywrightAssertions.assertThat(page.locator(".compare")).containsText("contact.last_message");
		assertVisible(page, Pattern.compile("values are the same in both"));
	}

	@Test
	void copiesAnEventByteForByteAsCurlAndAsATest() {
		String event = "{\"title\":\"open_chat\",  \"service\" :\"telegram\",\t\"contact\":{\"id\":\"k1\",\"name\":"
				+ "\"\\u041e\\u043b\\u044f\"}}";
		this.service.send(event);
		Page page = console
			.loggedIn(new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write")));
		page.navigate("console/events/" + newest());
		assertThat(copied(page, "Copy")).isEqualTo(event);
		assertThat(copied(page, "Copy as curl")).contains("/webhooks/$PULSEHOOK_TOKEN", event)
			.doesNotContain(DemoService.TOKEN);
		assertThat(copied(page, "Copy as JUnit test")).contains("@PulsehookTest", "class OpenChat" + newest())
			.doesNotContain("\\u041e", "Оля");
		APIResponse raw = page.request().get(page.url() + "/raw");
		assertThat(raw.text()).isEqualTo(event);
	}

	private static String copied(Page page, String name) {
		page.evaluate("navigator.clipboard.writeText('nothing')");
		Locator link = page.getByText(name, new Page.GetByTextOptions().setExact(true));
		link.click();
		assertVisible(page, "Copied");
		PlaywrightAssertions.assertThat(link).isVisible();
		return (String) page.evaluate("navigator.clipboard.readText()");
	}

	@Test
	void asksBeforeWhatIsDoneRunsAgain() {
		this.service.message("Ada Yonath", "Ribosome");
		long event = newest();
		Awaitility.await().until(() -> deliveries(event).stream().allMatch((each) -> each.finishedAt() != null));
		Page page = console.loggedIn();
		page.navigate("console/events/" + event);
		page.locator("form.actions button").click();
		assertVisible(page, "Run again what is done?");
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Back")).click();
		assertThat(deliveries(event)).allSatisfy((delivery) -> assertThat(delivery.run()).isEqualTo(1));
		page.locator("#again-crmSync").click();
		PlaywrightAssertions.assertThat(page.locator(".ask")).containsText("Ada Yonath");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Run again")).click();
		page.waitForURL("**/console/events/" + event + "?replay=*");
		assertThat(deliveries(event)).extracting(StoredDelivery::handler, StoredDelivery::run)
			.contains(tuple("crmSync", 2))
			.contains(tuple("assistant", 1));
	}

	@Test
	void runsOnlyWhatFailedIfTheAnswerSaysSo() {
		this.service.message("James O'Connor", "Only once, please");
		long event = newest();
		Awaitility.await().until(() -> deliveries(event).stream().allMatch((each) -> each.finishedAt() != null));
		Page page = console.loggedIn();
		page.navigate("console/events/" + event);
		page.locator("form.actions button").click();
		page.getByText("Run only what failed").click();
		page.waitForURL("**?replay=*");
		assertThat(deliveries(event)).extracting(StoredDelivery::handler, StoredDelivery::run)
			.contains(tuple("crmSync", 2))
			.contains(tuple("assistant", 1));
	}

	@Test
	void tellsBehindWhichEventAnotherOneWaits() {
		this.service.message("Yuki Tanaka", "First of two");
		this.service.message("Yuki Tanaka", "Second of two");
		long second = newest();
		StoredDelivery waiting = deliveries(second).stream()
			.filter((delivery) -> delivery.handler().equals("assistant"))
			.findFirst()
			.orElseThrow();
		long head = this.service.bean(StoredEvents.class).behind(waiting).orElseThrow();
		Page page = console.loggedIn();
		page.navigate("console/events/" + second);
		assertVisible(page, Pattern.compile("It waits behind\\s+event " + head + "\\s+of the same contact\\."));
		page.getByText("event " + head, new Page.GetByTextOptions().setExact(true)).click();
		page.waitForURL("**/console/events/" + head);
	}

	@Test
	void keepsTheFailureInSightBelowALongMessage() {
		this.service.message("James O'Connor", "Lorem ipsum dolor sit amet. ".repeat(300));
		long event = newest();
		Awaitility.await().until(() -> deliveries(event).stream().anyMatch((each) -> each.lastError() != null));
		Page page = console.chromium()
			.open(this.service.root() + "/", new Browser.NewContextOptions().setViewportSize(1_280, 900));
		Chromium.logIn(page);
		page.navigate("console/events/" + event);
		assertThat(page.locator(".delivery .error").first().boundingBox().y).isLessThan(900);
	}

	@Test
	void showsTheTextOfLargeEventsInTheList() {
		this.service.send("[{\"title\":\"incoming_message\",\"service\":\"telegram\",\"contact\":{\"id\":\"big\","
				+ "\"name\":\"Mary Anning\"},\"info\":{\"message\":{\"channel_data\":{\"message\":{\"text\":"
				+ "\"Ichthyosaur\"}}}},\"x\":\"" + "x".repeat(100_000) + "\"}]");
		Page page = console.loggedIn();
		page.navigate("console/events?contact=big");
		PlaywrightAssertions.assertThat(page.locator("#events li").first()).containsText("Mary Anning");
		PlaywrightAssertions.assertThat(page.locator("#events li").first()).containsText("Ichthyosaur");
	}

	@Test
	void tellsHowLongAnEventWasKeptInTheSpool() {
		Instant arrived = Instant.now().minusSeconds(200).truncatedTo(ChronoUnit.SECONDS);
		this.service.bean(Inbox.class).store(List.of(ExampleEvents.openChat("spooled", 1).arrivedAt(arrived)));
		Page page = console.loggedIn();
		page.navigate("console/events/" + newest());
		Locator kept = page.locator("dl.facts div").filter(new Locator.FilterOptions().setHasText("Kept in the spool"));
		PlaywrightAssertions.assertThat(kept.locator("time").first()).hasAttribute("datetime", arrived.toString());
		PlaywrightAssertions.assertThat(kept).containsText(Pattern.compile("from .* until "));
		page.navigate("console/events/1");
		PlaywrightAssertions.assertThat(kept).hasCount(0);
	}

	private long newest() {
		return this.service.bean(StoredEvents.class).newestId();
	}

	private Instant received(long event) {
		return this.service.bean(StoredEvents.class).find(event).orElseThrow().receivedAt();
	}

	private List<StoredDelivery> deliveries(long event) {
		return this.service.bean(StoredEvents.class).deliveries(event);
	}

	private static void assertVisible(Page page, String text) {
		PlaywrightAssertions.assertThat(page.getByText(text).first()).isVisible();
	}

	private static void assertVisible(Page page, Pattern text) {
		PlaywrightAssertions.assertThat(page.getByText(text).first()).isVisible();
	}

}
