package io.pulsehook.console;

import java.util.regex.Pattern;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests in a browser how one works off dead letters.
 */
@Timeout(120)
@Tag("thorough")
class WorkPagesTests {

	@RegisterExtension
	static final SharedConsole console = new SharedConsole();

	@Test
	void aReplayTellsHowManyFailedAgainAndWhich() {
		Page page = console.loggedIn();
		page.navigate("console/dead-letters");
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Run all again of crmSync")).click();
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Run \\d+ again"))).click();
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
			.hasText("All failed again");
		PlaywrightAssertions.assertThat(page.locator(".result.bad")).containsText("failed again");
		PlaywrightAssertions.assertThat(page.locator(".ended li").first())
			.containsText("two contacts with the phone number");
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Replays")).click();
		Locator row = page.locator(".history tbody tr").first();
		PlaywrightAssertions.assertThat(row).containsText("of crmSync");
		PlaywrightAssertions.assertThat(row).containsText("user");
		PlaywrightAssertions.assertThat(row.locator(".tone.bad").first()).hasText("All failed again");
	}

	@Test
	void allNumbersOfDeadLettersAreTheSame() {
		Page page = console.loggedIn();
		page.navigate("console/dead-letters");
		String badge = page.locator("#count-dead").innerText().strip();
		PlaywrightAssertions.assertThat(page.locator("#groups .lead strong")).hasText(badge);
		PlaywrightAssertions.assertThat(page.locator(".by-handler tbody tr").first()).isVisible();
		int sum = page.locator(".by-handler tbody tr td:nth-child(2)")
			.allInnerTexts()
			.stream()
			.mapToInt(Integer::parseInt)
			.sum();
		assertThat(sum).isEqualTo(Integer.parseInt(badge));
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Run all again").setExact(true)).click();
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
			.hasText("Run " + badge + " dead letters again?");
	}

	@Test
	void aGroupShowsItsRootCauseAndWhatIsAtStake() {
		Page page = console.loggedIn();
		page.navigate("console/dead-letters");
		Locator card = page.locator(".card.group")
			.filter(new Locator.FilterOptions().setHasText("grantAccess"))
			.first();
		PlaywrightAssertions.assertThat(card.locator(".stakes")).containsText("EUR");
		PlaywrightAssertions.assertThat(card.locator(".stakes")).containsText("pe");
		PlaywrightAssertions.assertThat(card.locator(".place")).containsText("DemoHandlers");
		assertThat(card.locator("svg.sparkline rect").count()).isGreaterThan(1);
		card.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("View events"))).click();
		PlaywrightAssertions.assertThat(page.locator("#cause .frames li").first()).containsText("DemoHandlers");
		PlaywrightAssertions.assertThat(page.locator("#letters li").first()).containsText("Event");
	}

	@Test
	void aGroupIsAcknowledgedMutedAndReopened() {
		Page page = console.loggedIn();
		page.navigate("console/dead-letters");
		Locator cards = page.locator(".card.group").filter(new Locator.FilterOptions().setHasText("crmSync"));
		int groups = cards.count();
		cards.first()
			.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(Pattern.compile("View events")))
			.click();
		page.getByLabel("Note").fill("The CRM's people know");
		button(page, "Acknowledge").click();
		PlaywrightAssertions.assertThat(page.locator(".decided")).containsText("Acknowledged by user");
		PlaywrightAssertions.assertThat(page.locator(".decided")).containsText("The CRM's people know");
		button(page, "Mute").click();
		PlaywrightAssertions.assertThat(page.locator(".decided")).containsText("Muted by user");
		page.navigate("console/dead-letters");
		PlaywrightAssertions.assertThat(cards).hasCount(groups - 1);
		page.getByText("1 muted group").click();
		page.locator(".muted-groups li").getByRole(AriaRole.LINK).click();
		button(page, "Unmute").click();
		PlaywrightAssertions.assertThat(page.locator(".decided")).hasCount(0);
	}

	private static Locator button(Page page, String name) {
		return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	@Test
	void onlyWhatDiedSinceAMomentRunsAgain() {
		Page page = console.loggedIn();
		page.navigate("console/dead-letters/replay?handler=crmSync");
		page.getByText("Only what died since…").click();
		page.getByLabel("Since").fill("2999-01-01T00:00");
		button(page, "Count these").click();
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
			.hasText("Nothing to run again");
		PlaywrightAssertions.assertThat(page.getByLabel("Since")).hasValue("2999-01-01T00:00");
		assertThat(page.url()).contains("zone=");
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("All").setExact(true)).click();
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
			.hasText(Pattern.compile("Run \\d+ dead letters? again\\?"));
	}

	@Test
	void theNumberOnTheButtonIsTheOneOfTheQuestion() {
		Page page = console.loggedIn();
		page.navigate("console/dead-letters/replay?handler=crmSync");
		Locator run = button(page, Pattern.compile("Run \\d+ again"));
		int before = number(run);
		console.service().message("James O'Connor", "Does anybody read the second one?");
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
			.hasText("Run " + (before + 1) + " dead letters again?");
		assertThatNumberIs(run, before + 1);
	}

	@Test
	void theNumberOfAHandlerIsTheSameEverywhereOnItsPage() {
		Page page = console.loggedIn();
		page.navigate("console/handlers/crmSync");
		Locator run = page.getByRole(AriaRole.LINK,
				new Page.GetByRoleOptions().setName(Pattern.compile("Run (all )?\\d+ again")));
		int before = number(run);
		console.service().message("James O'Connor", "Does anybody read the third one?");
		PlaywrightAssertions.assertThat(page.locator("#present .number.bad .value"))
			.hasText(String.valueOf(before + 1));
		assertThatNumberIs(run, before + 1);
	}

	private static Locator button(Page page, Pattern name) {
		return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
	}

	private static void assertThatNumberIs(Locator element, int number) {
		PlaywrightAssertions.assertThat(element).hasText(Pattern.compile("^\\D*" + number + "\\D*$"));
	}

	private static int number(Locator element) {
		return Integer.parseInt(element.innerText().replaceAll("\\D", ""));
	}

}
