package io.pulsehook.console;

import java.io.IOException;
import java.nio.file.Files;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the page of the spool in a browser.
 */
@Timeout(120)
class SpoolBrowserTests {

	@RegisterExtension
	static final SharedConsole console = new SharedConsole();

	@AfterEach
	void endKeeping() {
		console.service().endKeeping();
	}

	@Test
	void showsWhileItKeepsWebhooksAndThatItNoLongerDoes() {
		Page page = console.loggedIn();
		link(page, "Spool").click();
		Locator waiting = page.locator("#spool dl div").filter(new Locator.FilterOptions().setHasText("Waiting"));
		PlaywrightAssertions.assertThat(waiting).containsText("0");
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
		console.service().keep("[{}]");
		page.reload();
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.ALERT)).containsText("is being stored: 1 waits.");
		console.service().keep("[{}]");
		PlaywrightAssertions.assertThat(waiting).containsText("2");
		console.service().endKeeping();
		PlaywrightAssertions.assertThat(page.getByText("go straight into the database")).isVisible();
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);
	}

	@Test
	void downloadsAWebhookAndDeletesItOnceItsNumberIsTyped() throws IOException {
		String number = String.valueOf(console.service().refuse("[{\"n\":7}]"));
		Page page = console.loggedIn();
		page.navigate("console/spool");
		Locator row = page.locator("#body-" + number);
		Download download = page.waitForDownload(() -> row.getByText("Download").click());
		assertThat(download.suggestedFilename()).isEqualTo("webhook-" + number + ".json");
		assertThat(Files.readString(download.path())).isEqualTo("[{\"n\":7}]");
		row.getByText("Delete").click();
		page.getByLabel("Type its number").fill("1" + number);
		page.keyboard().press("Enter");
		PlaywrightAssertions.assertThat(page.getByRole(AriaRole.ALERT)).containsText("Nothing was deleted");
		page.getByLabel("Type its number").fill(number);
		page.keyboard().press("Enter");
		PlaywrightAssertions
			.assertThat(page.getByRole(AriaRole.STATUS)
				.filter(new Locator.FilterOptions().setHasText("Webhook " + number + " was deleted.")))
			.isVisible();
		PlaywrightAssertions.assertThat(row).hasCount(0);
		console.chromium().forgive("400");
	}

	private static Locator link(Page page, String name) {
		return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

}
