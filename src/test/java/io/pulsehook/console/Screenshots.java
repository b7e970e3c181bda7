package io.pulsehook.console;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ViewportSize;

import io.pulsehook.inbox.model.EventStatus;

/**
 * Takes pictures of each page, in light and dark colours, on a desktop and a phone.
 */
final class Screenshots {

	private Screenshots() {
	}

	static void takeAll(Chromium chromium, DemoService service, Path directory) {
		for (ColorScheme scheme : new ColorScheme[] { ColorScheme.LIGHT, ColorScheme.DARK }) {
			take(chromium.open(service.root() + "/", 1_360, 860, scheme), service,
					directory.resolve("desktop-" + scheme.name().toLowerCase(Locale.ROOT)));
			takeOnPhone(chromium, scheme, service, directory);
		}
	}

	static void takeOnPhone(Chromium chromium, ColorScheme scheme, DemoService service, Path directory) {
		take(chromium.open(service.root() + "/", 390, 800, scheme), service,
				directory.resolve("phone-" + scheme.name().toLowerCase(Locale.ROOT)));
	}

	private static void take(Page page, DemoService service, Path directory) {
		page.navigate("console/login");
		shoot(page, directory.resolve("login.png"));
		Chromium.logIn(page);
		pages(service).forEach((name, path) -> {
			page.navigate(path);
			shoot(page, directory.resolve(name + ".png"));
		});
		page.context().close();
	}

	// Returns the paths of all pages by the names of their pictures.
	static Map<String, String> pages(DemoService service) {
		Map<String, String> pages = new LinkedHashMap<>();
		pages.put("overview", "console");
		pages.put("overview-month", "console?range=month&by=service");
		pages.put("events", "console/events");
		pages.put("events-filtered", "console/events?status=dead&q=o&kind=chatbot");
		pages.put("event", "console/events/" + service.anEvent(EventStatus.DONE, "IncomingMessage"));
		pages.put("event-dead", "console/events/" + service.anEvent(EventStatus.DEAD, "IncomingMessage"));
		pages.put("event-payment", "console/events/" + service.anEvent(EventStatus.DEAD, "PaymentOrder"));
		pages.put("event-put-off", "console/events/" + service.anEventPutOff());
		pages.put("event-destination", "console/events/" + service.anEvent(EventStatus.DEAD, "NewSubscriber"));
		long done = service.anEvent(EventStatus.DONE, "IncomingMessage");
		pages.put("event-replay", "console/events/" + done + "/replay");
		pages.put("event-compare", "console/events/" + done + "/compare?with=" + (done - 1));
		pages.put("dead-letters", "console/dead-letters");
		pages.put("dead-group", "console/dead-letters/group" + service.aGroup());
		pages.put("replay-confirm", "console/dead-letters/replay");
		pages.put("handlers", "console/handlers");
		pages.put("handler", "console/handlers/grantAccess");
		pages.put("handler-destination", "console/handlers/mailing?range=day");
		pages.put("contact", "console/contacts/" + service.aContact());
		pages.put("contact-erase", "console/contacts/erase?id=" + service.aContact());
		pages.put("replays", "console/replays");
		pages.put("replay", "console/replays/" + service.aReplay());
		pages.put("spool", "console/spool");
		pages.put("spool-delete", "console/spool/refused/" + service.aRefusedWebhook() + "/delete");
		pages.put("connect", "console/connect");
		return pages;
	}

	private static void shoot(Page page, Path file) {
		page.waitForLoadState(LoadState.LOAD);
		ViewportSize window = page.viewportSize();
		int height = (int) page.evaluate("document.documentElement.scrollHeight");
		page.setViewportSize(window.width, Math.max(height, window.height));
		// The chart needs a moment to be drawn again.
		page.waitForTimeout((page.locator("canvas").count() > 0) ? 300 : 50);
		page.screenshot(new Page.ScreenshotOptions().setPath(file));
		page.setViewportSize(window.width, window.height);
	}

}
