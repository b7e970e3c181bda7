package io.pulsehook.console;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
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

import io.pulsehook.console.frame.LiveUpdates;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.query.StoredEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests in a real browser what all pages have in common: how times are shown, that a page
 * says when it is no longer up to date, new rows, keys, and how the reader wants it all.
 */
@Tag("thorough")
@Timeout(120)
class FrameTests {

	@RegisterExtension
	static final SharedConsole console = new SharedConsole();

	private final DemoService service = console.service();

	@ParameterizedTest
	@ValueSource(strings = { "Asia/Kolkata", "America/Sao_Paulo" })
	void showsTimesByTheClockOfTheReaderOrInUtc(String zone) {
		this.service.message("Zoe of " + zone, "What time is it?");
		Page page = console.loggedIn(new Browser.NewContextOptions().setTimezoneId(zone));
		page.navigate("console/events");
		Locator time = page.locator("#events li")
			.filter(new Locator.FilterOptions().setHasText("Zoe of " + zone))
			.locator("time");
		Instant at = Instant.parse(time.getAttribute("datetime"));
		PlaywrightAssertions.assertThat(time).containsText(clock(at, ZoneId.of(zone)));
		PlaywrightAssertions.assertThat(time).containsText(Pattern.compile(" · (just now|\\d+ s ago)$"));
		assertThat(time.getAttribute("title")).contains(" at ");
		choose(page, "UTC");
		PlaywrightAssertions.assertThat(time).containsText(clock(at, ZoneId.of("UTC")));
		page.navigate("console");
		PlaywrightAssertions.assertThat(page.locator("#newest li time").first())
			.containsText(clock(at, ZoneId.of("UTC")));
	}

	private static String clock(Instant time, ZoneId zone) {
		return DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone).format(time);
	}

	private static void choose(Page page, String option) {
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Display")).click();
		page.getByLabel(option, new Page.GetByLabelOptions().setExact(true)).check();
		page.keyboard().press("Escape");
	}

	@Test
	void saysThatTheReaderHasLoggedOutInAnotherTab() {
		Page page = console.loggedIn();
		PlaywrightAssertions.assertThat(page.locator(".feed")).hasText("Live");
		Page other = page.context().newPage();
		other.navigate("console/handlers");
		other.getByText("Log out").click();
		PlaywrightAssertions.assertThat(page.locator(".feed")).hasText("Logged out");
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.ALERT)).containsText("You are logged out");
		Chromium.logIn(other);
		page.evaluate("dispatchEvent(new Event('focus'))");
		PlaywrightAssertions.assertThat(page.locator(".feed")).hasText("Live");
		PlaywrightAssertions.assertThat(page.getByText("You are logged out")).isHidden();
		console.chromium().forgive("401");
	}

	@Test
	void saysSinceWhenItGetsNoUpdates() {
		Page page = console.chromium().open(this.service.root() + "/");
		page.clock().install();
		Chromium.logIn(page);
		PlaywrightAssertions.assertThat(page.locator(".feed")).hasText("Live");
		LiveUpdates updates = this.service.bean(LiveUpdates.class);
		updates.stop();
		try {
			letTimePass(page, Pattern.compile("Not live since \\d\\d:\\d\\d:\\d\\d"));
		}
		finally {
			updates.start();
		}
		letTimePass(page, Pattern.compile("Live"));
		console.chromium().forgive("503");
	}

	private static void letTimePass(Page page, Pattern state) {
		Awaitility.await().pollInSameThread().until(() -> {
			page.clock().runFor(1_000);
			return state.matcher(page.locator(".feed").textContent()).matches();
		});
	}

	@Test
	void holdsNewRowsBackUntilTheReaderAsksForThem() {
		Page page = console.loggedIn();
		page.navigate("console/events");
		PlaywrightAssertions.assertThat(page.locator(".feed")).hasText("Live");
		Locator first = page.locator("#events li").first();
		String id = first.getAttribute("id");
		double top = first.boundingBox().y;
		for (int i = 1; i <= 3; i++) {
			this.service.message("Ida Rowe", "Row number " + i);
		}
		Locator arrivals = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("3 new events"));
		PlaywrightAssertions.assertThat(arrivals).isVisible();
		PlaywrightAssertions.assertThat(page).hasTitle("(3) Events · Pulsehook");
		PlaywrightAssertions.assertThat(first).hasId(id);
		assertThat(first.boundingBox().y).isEqualTo(top);
		arrivals.click();
		PlaywrightAssertions.assertThat(first).containsText("Row number 3");
		PlaywrightAssertions.assertThat(first.locator("a.opens")).isFocused();
		PlaywrightAssertions.assertThat(arrivals).isHidden();
		PlaywrightAssertions.assertThat(page).hasTitle("Events · Pulsehook");
	}

	@Test
	void leavesRowsWhereTheyAreWhenTheyNoLongerMatch() {
		Subscribers subscribers = this.service.bean(Subscribers.class);
		subscribers.setPaused("crmSync", true);
		this.service.message("Ines Rowe", "Who is next?");
		Page page = console.loggedIn();
		page.navigate("console/events?status=open");
		PlaywrightAssertions.assertThat(page.locator(".feed")).hasText("Live");
		Locator row = page.locator("#event-" + this.service.bean(StoredEvents.class).newestId());
		row.locator("a.opens").focus();
		subscribers.setPaused("crmSync", false);
		PlaywrightAssertions.assertThat(row).hasClass("left");
		PlaywrightAssertions.assertThat(row.locator("a.opens")).isFocused();
	}

	@Test
	void isUsedByKeysAlone() {
		Page page = console.loggedIn();
		page.keyboard().press("/");
		page.waitForURL("**/console/events#search");
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.SEARCHBOX)).isFocused();
		page.keyboard().type("Maria");
		page.keyboard().press("Enter");
		page.waitForURL("**q=Maria**");
		Locator rows = page.locator("#events li a.opens");
		page.keyboard().press("j");
		PlaywrightAssertions.assertThat(rows.first()).isFocused();
		page.keyboard().press("j");
		PlaywrightAssertions.assertThat(rows.nth(1)).isFocused();
		page.keyboard().press("k");
		page.keyboard().press("Enter");
		page.waitForURL(Pattern.compile(".*/console/events/\\d+.*"));
		page.keyboard().press("?");
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Search events");
		page.keyboard().press("Escape");
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
		page.keyboard().press("u");
		page.waitForURL(Pattern.compile(".*/console/events(\\?.*)?"));
		choose(page, "Off");
		page.keyboard().press("?");
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
	}

	@Test
	void goesThroughListsOfAllKindsByKeys() {
		Page page = console.loggedIn();
		page.navigate("console/dead-letters");
		page.keyboard().press("j");
		PlaywrightAssertions.assertThat(page.locator(".group a").first()).isFocused();
		page.navigate("console/handlers");
		page.keyboard().press("j");
		page.keyboard().press("j");
		PlaywrightAssertions.assertThat(page.locator("#handlers tbody tr").nth(1).locator("a").first()).isFocused();
	}

	@Test
	void reachesTheFirstRowInThreeStops() {
		Page page = console.loggedIn();
		page.navigate("console/events");
		page.keyboard().press("Tab");
		page.keyboard().press("Tab");
		page.keyboard().press("Enter");
		page.keyboard().press("Tab");
		PlaywrightAssertions.assertThat(page.locator("#events li a.opens").first()).isFocused();
	}

	@Test
	void keepsHowTheReaderWantsIt() {
		Page page = console.loggedIn();
		Object light = background(page);
		Object height = page.evaluate("document.documentElement.scrollHeight");
		choose(page, "Dark");
		choose(page, "Compact");
		page.navigate("console");
		assertThat(background(page)).isNotEqualTo(light);
		assertThat((int) page.evaluate("document.documentElement.scrollHeight")).isLessThan((int) height);
		choose(page, "System");
		choose(page, "Comfortable");
		assertThat(background(page)).isEqualTo(light);
	}

	private static Object background(Page page) {
		return page.evaluate("getComputedStyle(document.querySelector('.side')).backgroundColor");
	}

}
