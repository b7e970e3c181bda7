package io.pulsehook.console;

import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.pulsehook.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the pages of handlers and the overview in a browser.
 */
@Timeout(120)
@Tag("thorough")
class HandlerPagesTests {

	private static final String LONG_NAME = "thepartnerwhosellsourcoursesinportugalandinbrazilwithoutanybreak";

	@RegisterExtension
	static final SharedConsole console = new SharedConsole();

	@Test
	void tellsTimeAtWorkFromTimeWaitingAndNamesTheSlowestEvents() {
		Page page = console.loggedIn();
		page.navigate("console/handlers/crmSync?range=month");
		Locator durations = page.locator("#record table.durations");
		PlaywrightAssertions.assertThat(durations).containsText("At work");
		PlaywrightAssertions.assertThat(durations).containsText("Waited");
		PlaywrightAssertions.assertThat(page.locator("canvas[data-chart]")).hasCount(2);
		PlaywrightAssertions.assertThat(page.locator("#slow article").first().locator(".badge").first()).isVisible();
		List<String> works = page.locator("#slow article").first().locator(".badge").allTextContents();
		assertThat(works).isNotEmpty().allMatch((work) -> work.matches("[\\d.]+ m?s at work"));
		page.locator("#slow article").first().getByRole(AriaRole.LINK).first().click();
		page.waitForURL(Pattern.compile(".*/console/events/\\d+"));
		PlaywrightAssertions.assertThat(page.locator("main")).containsText("crmSync");
	}

	@Test
	void groupsErrorsAndLeadsToTheirEvents() {
		Page page = console.loggedIn();
		page.navigate("console/handlers/grantAccess");
		Locator cause = page.locator("#errors li")
			.filter(new Locator.FilterOptions().setHasText("No course is sold in EUR"))
			.first();
		PlaywrightAssertions.assertThat(cause).containsText("IllegalArgumentException");
		PlaywrightAssertions.assertThat(cause).containsText(Pattern.compile("\\d+ failed permanently"));
		cause.getByRole(AriaRole.LINK).first().click();
		page.waitForURL("**/console/dead-letters/group?handler=grantAccess&error=**");
	}

	@Test
	void showsWhereEachSettingComesFrom() {
		Page page = console.loggedIn();
		page.navigate("console/handlers/grantAccess");
		PlaywrightAssertions
			.assertThat(page.locator(".facts div").filter(new Locator.FilterOptions().setHasText("Retries")))
			.containsText(Pattern.compile("0 at most\\s+property"));
	}

	@Test
	void asksBeforeItRunsAgainWhatFailedSinceAMoment() {
		Page page = console.loggedIn(new Browser.NewContextOptions().setTimezoneId("Asia/Kolkata"));
		page.navigate("console/handlers/grantAccess");
		page.getByLabel("Run again what failed since").fill("2026-01-31T12:00");
		page.getByText("Count them").click();
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING))
			.hasText(Pattern.compile("Run \\d+ dead letters? again\\?"));
		PlaywrightAssertions.assertThat(page.locator("main time[datetime='2026-01-31T06:30:00Z']").first()).isVisible();
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Run \\d+ again"))).click();
		page.waitForURL(Pattern.compile(".*/console/replays/\\d+"));
	}

	@Test
	void sortsTheHandlersByWhatIsWorst() {
		Page page = console.loggedIn();
		page.navigate("console/handlers?range=month");
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("At work, p95")).click();
		page.waitForURL("**sort=work");
		PlaywrightAssertions.assertThat(page.locator("[aria-sort=descending]")).hasText("At work, p95");
		assertThat(page.locator("tbody tr th[scope=row] a").count()).isGreaterThanOrEqualTo(7);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1_440, 390, 320 })
	void wrapsLongNames(int width) {
		Page page = console.loggedIn(new Browser.NewContextOptions().setViewportSize(width, 900));
		for (String path : List.of("console", "console/handlers", "console/handlers/" + LONG_NAME)) {
			page.navigate(path);
			assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).as(path).isEqualTo(true);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "console", "console/handlers" })
	void showsAllFiguresBesideALongName(String path) {
		console.service().send(Samples.LINK_CLICK);
		Page page = console.loggedIn(new Browser.NewContextOptions().setViewportSize(1_440, 900));
		Awaitility.await().pollInSameThread().untilAsserted(() -> {
			page.navigate(path);
			assertThat(page.locator("table.names code").allTextContents()).contains(LONG_NAME);
		});
		Object cutOff = page.evaluate("[...document.querySelectorAll('.scroll')]"
				+ ".filter((box) => box.scrollWidth > box.clientWidth).map((box) => box.className)");
		assertThat((List<?>) cutOff).isEmpty();
	}

	@Test
	void theSwitchOfThePeriodStandsBelowWhatIsOfNow() {
		Page page = console.loggedIn();
		page.navigate("console?range=day");
		PlaywrightAssertions.assertThat(page.locator("#numbers ~ .head nav[aria-label=Time]")).isVisible();
		PlaywrightAssertions.assertThat(page.locator("#totals")).not().containsText("last 1,000");
		PlaywrightAssertions.assertThat(page.locator("#totals")).containsText("failed permanently");
	}

	@Test
	void aPeriodDraggedOnTheChartListsItsEvents() {
		Page page = console.loggedIn();
		page.navigate("console");
		Locator canvas = page.locator("canvas#chart");
		canvas.scrollIntoViewIfNeeded();
		BoundingBox box = canvas.boundingBox();
		page.mouse().move(box.x + box.width * 0.4, box.y + box.height / 2);
		page.mouse().down();
		page.mouse().move(box.x + box.width * 0.6, box.y + box.height / 2);
		PlaywrightAssertions.assertThat(page.locator(".mark")).isVisible();
		page.mouse().up();
		page.waitForURL(Pattern
			.compile(".*/console/events\\?from=[\\dT-]+(%3A|:)\\d\\d(%3A|:)00Z&to=[\\dT-]+(%3A|:)\\d\\d(%3A|:)00Z"));
	}

}
