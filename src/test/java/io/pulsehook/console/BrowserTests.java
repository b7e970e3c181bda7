package io.pulsehook.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.pulsehook.destination.http.HttpReceiver;
import io.pulsehook.inbox.Subscribers;
import io.pulsehook.inbox.query.StoredEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the console in a real browser: with a mouse, with keys, and with scripts switched
 * off. No page may log an error or break its security policy.
 */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserTests {

	private static final String HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>'\\\"><b>bold</b>[[${7*7}]]";

	private static final Path SCREENSHOTS = Path.of("target/screenshots");

	@RegisterExtension
	static final SharedConsole console = new SharedConsole();

	private final Chromium chromium = console.chromium();

	private final DemoService service = console.service();

	private final HttpReceiver receiver = console.receiver();

	@Test
	@Tag("thorough")
	@Order(1)
	void hasPicturesOfItselfAtNightOnAPhone() {
		Screenshots.takeOnPhone(this.chromium, ColorScheme.DARK, this.service, SCREENSHOTS);
		assertThat(SCREENSHOTS.resolve("phone-dark/overview.png")).isNotEmptyFile();
	}

	@Test
	@Order(1)
	@Tag("thorough")
	@Timeout(300)
	void looksAsItDid() {
		Screenshots.takeAll(this.chromium, this.service, SCREENSHOTS);
		assertThat(SCREENSHOTS.resolve("desktop-light/overview.png")).isNotEmptyFile();
	}

	@Test
	void anEventArrivesWhileOneLooks() {
		Page page = loggedIn();
		page.navigate("console/events");
		assertVisible(page, "Live");
		this.service.message("Grace Hopper", "Is anybody there?");
		page.getByText(Pattern.compile("^\\d+ new events?$")).click();
		PlaywrightAssertions.assertThat(page.locator("#events li").first()).containsText("Grace Hopper");
		PlaywrightAssertions.assertThat(page.locator("#events li").first()).containsText("Done");
		page.getByRole(AriaRole.LINK).filter(new Locator.FilterOptions().setHasText("Grace Hopper")).click();
		PlaywrightAssertions.assertThat(page.locator(".bubble .says")).hasText("Is anybody there?");
	}

	@Test
	void findsFiltersAndExports() throws IOException {
		Page page = loggedIn();
		page.navigate("console/events");
		page.getByPlaceholder("Search").fill("доставка");
		page.keyboard().press("Enter");
		page.waitForURL("**q=**");
		PlaywrightAssertions.assertThat(page.locator("#events li").first()).containsText("доставка");
		page.getByLabel("Service").selectOption("telegram");
		page.waitForURL(Pattern.compile(".*service=telegram.*"));
		PlaywrightAssertions.assertThat(page.locator("#events li").first()).containsText("Telegram");
		Download export = page.waitForDownload(() -> page.getByText("Export NDJSON").click());
		assertThat(export.suggestedFilename()).isEqualTo("events.ndjson");
		assertThat(Files.readString(export.path()).lines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).contains("\"service\":\"telegram\"", "доставка"));
	}

	@Test
	@Order(Integer.MAX_VALUE - 1)
	void runsDeadLettersAgainOnceTheCauseIsMended() {
		Page page = loggedIn();
		page.navigate("console/dead-letters");
		PlaywrightAssertions.assertThat(page.getByText("two contacts with the phone number")).isVisible();
		PlaywrightAssertions.assertThat(page.getByText("The answer was 422 Unprocessable Content").first()).isVisible();
		this.service.mend();
		this.receiver.answer(204);
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Run all again").setExact(true)).click();
		assertVisible(page, Pattern.compile("Run \\d+ dead letters again\\?"));
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("Run \\d+ again"))).click();
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
			.hasText("All succeeded");
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Dead letters")).last().click();
		assertVisible(page, "No dead letters");
	}

	@Test
	void pausesAHandlerAndLetsItGoOn() {
		Page page = loggedIn();
		page.navigate("console/handlers");
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("welcome")).click();
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")).click();
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
			.containsText("Paused");
		assertThat(this.service.bean(Subscribers.class).paused()).containsExactly("welcome");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Resume")).click();
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause")))
			.isVisible();
		assertThat(this.service.bean(Subscribers.class).paused()).isEmpty();
	}

	@Test
	@Order(3)
	void sendsATestToADestination() {
		Page page = loggedIn();
		page.navigate("console/handlers/mailing");
		assertVisible(page, "Posts to");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send a test")).click();
		Locator result = page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("sample"));
		PlaywrightAssertions.assertThat(result)
			.containsText(Pattern.compile("The answer was 422 .*There is no list for them\\.", Pattern.DOTALL));
		this.receiver.answer(200);
		page.navigate("console/handlers/team");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send a test")).click();
		PlaywrightAssertions.assertThat(result).containsText("200 OK");
		assertThat(this.receiver.all().get(this.receiver.all().size() - 1).text()).contains("[Test] ", "@coffee_team");
		this.service.message("Ada Lovelace", "Is the result still there?");
		assertVisible(page, "Writes to the Telegram chat");
		PlaywrightAssertions.assertThat(result).isVisible();
	}

	@Test
	void copiesTheUrlAndSendsASample() {
		Browser.NewContextOptions options = new Browser.NewContextOptions()
			.setPermissions(List.of("clipboard-read", "clipboard-write"));
		Page page = this.chromium.open(this.service.root() + "/", options);
		Chromium.logIn(page);
		page.navigate("console/connect");
		Locator copy = page.getByText("Copy", new Page.GetByTextOptions().setExact(true));
		// The button would say "Copy" again after 1.5 s, which may pass between two steps
		// of the test.
		page.evaluate("""
				() => {
					const later = window.setTimeout;
					window.setTimeout = (work, millis) => {
						if (millis !== 1500) {
							return later(work, millis);
						}
						window.putBack = work;
					};
				}""");
		copy.click();
		page.getByText("Copied").click();
		assertVisible(page, "Copied");
		assertThat(page.evaluate("navigator.clipboard.readText()"))
			.isEqualTo(this.service.root() + "/webhooks/" + DemoService.TOKEN);
		page.evaluate("putBack()");
		PlaywrightAssertions.assertThat(copy).isVisible();
		page.getByText("Link click").click();
		assertVisible(page, "Link click was sent and stored.");
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("View events").setExact(true)).click();
		PlaywrightAssertions.assertThat(page.locator("#events li").first()).containsText("Link click");
	}

	@Test
	void everythingCanBeReachedByKeys() {
		Page page = this.chromium.open(this.service.root() + "/");
		page.navigate("console");
		PlaywrightAssertions.assertThat(page.getByLabel("Password")).isFocused();
		page.keyboard().type(DemoService.PASSWORD);
		page.keyboard().press("Enter");
		page.waitForURL("**/console");
		page.keyboard().press("Tab");
		assertThat(focused(page)).isEqualTo("Skip to content");
		tabTo(page, "Events");
		page.keyboard().press("Enter");
		page.waitForURL("**/console/events");
		tabTo(page, "Dead");
		page.keyboard().press("Enter");
		page.waitForURL("**status=dead");
		String first = page.locator("#events li a").first().textContent().strip();
		tabTo(page, first);
		page.keyboard().press("Enter");
		page.waitForURL(Pattern.compile(".*/console/events/\\d+"));
		tabTo(page, "Run again");
		while (!isAtDeadDelivery(page)) {
			page.keyboard().press("Tab");
			tabTo(page, "Run again");
		}
		page.keyboard().press("Space");
		page.waitForURL("**replay=**");
		PlaywrightAssertions.assertThat(page.locator("#replayed")).containsText("run again");
	}

	private static boolean isAtDeadDelivery(Page page) {
		return (boolean) page
			.evaluate("document.activeElement.closest('.delivery')?.querySelector('.badge.dead') != null");
	}

	private static String focused(Page page) {
		return String.valueOf(page.evaluate("document.activeElement.textContent.trim()"));
	}

	private static void tabTo(Page page, String text) {
		for (int i = 0; i < 100 && !focused(page).equals(text); i++) {
			page.keyboard().press("Tab");
		}
		assertThat(focused(page)).isEqualTo(text);
		Object outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle");
		assertThat(outline).as("The focus on '" + text + "' can be seen").isEqualTo("solid");
	}

	@Test
	void worksWithoutScripts() {
		Page page = this.chromium.open(this.service.root() + "/",
				new Browser.NewContextOptions().setJavaScriptEnabled(false));
		Chromium.logIn(page);
		page.getByText("All events").click();
		page.getByPlaceholder("Search").fill("Maria");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Search")).click();
		page.waitForURL("**q=Maria**");
		PlaywrightAssertions.assertThat(page.locator("#events li").first()).containsText("Maria");
		page.locator("#events li a").first().click();
		page.locator("form.actions button").click();
		page.locator(".ask button").last().click();
		assertVisible(page, Pattern.compile("It (is being|was) run again"));
		page.navigate("console/connect");
		page.getByText("Bot block").click();
		assertVisible(page, "Bot block was sent and stored.");
		PlaywrightAssertions.assertThat(page.getByText("Copy", new Page.GetByTextOptions().setExact(true))).isHidden();
		page.getByText("Log out").click();
		assertVisible(page, "You are logged out.");
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void showsWhatStrangersWriteAsText() {
		this.service.message(HOSTILE, HOSTILE);
		this.service.send(
				"{\"title\":\"%s\",\"contact\":{\"id\":\"%s\",\"name\":\"%s\"},\"bot\":{\"id\":\"%s\"},\"service\":\"%s\"}"
					.replace("%s", DemoService.escape(HOSTILE)));
		Page page = loggedIn();
		page.onDialog((dialog) -> {
			throw new AssertionError("A page ran what a stranger wrote: " + page.url());
		});
		long newest = this.service.bean(StoredEvents.class).newestId();
		for (String path : List.of("console", "console?by=service", "console/events", "console/events/" + newest,
				"console/events/" + (newest - 1), "console/events?q=%3Cscript%3Ealert(1)%3C/script%3E",
				"console/events?title=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&type=%3Cb%3E",
				"console/dead-letters/group?handler=%3Cb%3E&error=%22%3E%3Cimg%20src=x%3E",
				"console/dead-letters/replay?handler=%3Cb%3E&error=%22%3E%3Cimg%20src=x%3E", "console/handlers",
				"console/handlers/crmSync", "console/connect?sent=%3Cb%3E")) {
			page.navigate(path);
			assertThat(page.locator("main script, main img, main b:text-is('bold')").count()).as(path).isZero();
		}
	}

	private static Page loggedIn() {
		return console.loggedIn();
	}

	private static void assertVisible(Page page, String text) {
		PlaywrightAssertions.assertThat(page.getByText(text).first()).isVisible();
	}

	private static void assertVisible(Page page, Pattern text) {
		PlaywrightAssertions.assertThat(page.getByText(text).first()).isVisible();
	}

}
