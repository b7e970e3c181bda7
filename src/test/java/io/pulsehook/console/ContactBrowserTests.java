package io.pulsehook.console;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.pulsehook.inbox.query.StoredEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the page of a contact in a real browser.
 */
@Timeout(120)
@Tag("thorough")
class ContactBrowserTests {

	@RegisterExtension
	static final SharedConsole console = new SharedConsole();

	@Test
	void opensAtTheNewestMessageAndShowsTheNextAsItComes() {
		for (int i = 10; i < 40; i++) {
			send("conversation", "Zofia Nowak", "Line " + i);
		}
		Page page = console.loggedIn();
		page.navigate("console/contacts/conversation");
		PlaywrightAssertions.assertThat(page.getByText("Line 39")).isInViewport();
		PlaywrightAssertions.assertThat(page.getByText("Line 10"))
			.not()
			.isInViewport(new LocatorAssertions.IsInViewportOptions().setTimeout(1_000));
		send("conversation", "Zofia Nowak", "And another one");
		PlaywrightAssertions.assertThat(page.getByText("And another one")).isInViewport();
	}

	@Test
	void writesFromTheRightWhatIsReadFromTheRight() {
		send("hebrew", "נועה כהן", "שלום! Is it open?");
		send("hebrew", "נועה כהן", "Yes, at 10.");
		Page page = console.loggedIn(new Browser.NewContextOptions().setViewportSize(320, 640));
		page.navigate("console/contacts/hebrew");
		assertThat(direction(page.getByText("שלום! Is it open?"))).isEqualTo("rtl");
		assertThat(direction(page.getByText("Yes, at 10."))).isEqualTo("ltr");
		assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
	}

	@Test
	void findsTheWayToAPersonByNameWithOneClick() {
		send("search", "Łucja Wróbel", "Where is my parcel?");
		Page page = console.loggedIn();
		page.navigate("console/events");
		page.keyboard().press("/");
		page.keyboard().type("lucja wrobel");
		page.keyboard().press("Enter");
		page.locator("#people").getByText("Łucja Wróbel").click();
		PlaywrightAssertions.assertThat(page.locator("#conversation")).containsText("Where is my parcel?");
	}

	@Test
	void erasesAPersonWithThreeClicksAndTyping() {
		send("erasure", "Ivo Marek", "Please forget me");
		Page page = console.loggedIn();
		page.navigate("console/events?contact=erasure");
		page.locator("#events").getByRole(AriaRole.LINK, byName("Ivo Marek")).click();
		page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Erase…")).click();
		PlaywrightAssertions.assertThat(page.getByText("1 event", new Page.GetByTextOptions().setExact(true)))
			.isVisible();
		page.getByLabel("Type Ivo Marek").fill("ivo marek");
		page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Erase").setExact(true)).click();
		PlaywrightAssertions.assertThat(page.getByText("The contact was erased")).isVisible();
		assertThat(console.service().bean(StoredEvents.class).ofContact("erasure").stored().events()).isZero();
	}

	private static Locator.GetByRoleOptions byName(String name) {
		return new Locator.GetByRoleOptions().setName(name).setExact(true);
	}

	private static Object direction(Locator locator) {
		return locator.evaluate("(element) => getComputedStyle(element).direction");
	}

	private static void send(String contact, String name, String text) {
		console.service()
			.send("""
					[{"title":"incoming_message","service":"telegram","date":%d,"contact":{"id":"%s","name":"%s"},
					"info":{"message":{"channel_data":{"message":{"text":"%s"}}}}}]"""
				.formatted(System.currentTimeMillis(), contact, name, text));
	}

}
