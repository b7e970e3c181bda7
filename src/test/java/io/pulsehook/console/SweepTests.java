package io.pulsehook.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.io.ClassPathResource;

import io.pulsehook.inbox.model.EventStatus;
import io.pulsehook.inbox.query.StoredEvents;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Looks at all pages on wide and narrow screens, by day and by night, with names and
 * texts in scripts that run from right to left, have no spaces or pile up marks, and with
 * a handler whose name is long. No page may be wider than its screen, hide what it says,
 * or be closed to anybody; what strangers wrote must not turn the text around it.
 */
@Timeout(300)
class SweepTests {

	private static final String AXE = axe();

	/**
	 * Returns what is wider than the screen, and every text that ends outside of a box
	 * which clips it without an ellipsis.
	 */
	private static final String OVERFLOW = """
			() => {
				const faults = [];
				const width = document.documentElement.clientWidth;
				if (document.documentElement.scrollWidth > width) {
					const wide = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > width + 1);
					faults.push("The page is " + document.documentElement.scrollWidth + " wide: " + (wide.at(-1)?.outerHTML ?? "").slice(0, 200));
				}
				for (const box of document.querySelectorAll("body *")) {
					const style = getComputedStyle(box);
					if (["hidden", "clip"].includes(style.overflowX) && style.textOverflow !== "ellipsis"
							&& box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 1 && !box.matches("input, select")) {
						faults.push("Cut off: " + box.outerHTML.slice(0, 200));
					}
				}
				return faults;
			}
			""";

	/** Returns texts of right-to-left scripts that stand free among other texts. */
	private static final String NOT_ISOLATED = """
			() => {
				const faults = [];
				const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
				while (texts.nextNode()) {
					const text = texts.currentNode;
					if (/[\\u0590-\\u08ff]/.test(text.data) && !text.parentElement.closest("bdi, [dir=auto], pre, textarea, option")) {
						faults.push(text.parentElement.outerHTML.slice(0, 200));
					}
				}
				return faults;
			}
			""";

	private static final String CLOSED = """
			async () => (await axe.run(document, { resultTypes: ["violations"],
					rules: { "label-content-name-mismatch": { enabled: true } } })).violations
				.filter((fault) => ["serious", "critical"].includes(fault.impact))
				.map((fault) => fault.id + ": " + fault.nodes.map((node) => node.html + " " + node.failureSummary))
			""";

	private static final List<String> PEOPLE = List.of("王小明与他很长很长很长很长很长很长很长很长的名字",
			"Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft", "Ǎ̵̢̡̛l̷̡̛e̸x̶̢ ö̴ṽ̷e̶r̵",
			"محمد عبد الرحمن ١٢٣", "דניאל כהן (ירושלים)");

	/** No page, and the page of a contact who was erased. */
	private static final List<String> NOT_THERE = List.of("console/nowhere", "console/contacts/60c0f31f457479d0");

	@RegisterExtension
	static final SharedConsole console = new SharedConsole();

	private final DemoService service = console.service();

	private static String axe() {
		try {
			return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static long reconciliation;

	@BeforeAll
	static void send() throws SQLException {
		reconciliation = console.service().aReconciliation(PEOPLE);
		for (String person : PEOPLE) {
			console.service().message(person, "שלום, order 12 (two) – " + person + "!");
			console.service()
				.send("""
						{"service":"telegram","title":"link_click","date":%d,"bot":{"id":"1","name":"%s"},
						 "contact":{"id":"c%d","name":"%s"},"info":null}""".formatted(System.currentTimeMillis(),
						person, person.hashCode(), person));
		}
		Awaitility.await().ignoreExceptions().until(() -> console.service().anEvent(EventStatus.DEAD, "LinkClick") > 0);
	}

	static Stream<Look> looks() {
		return Stream.of(1_440, 820, 390, 320)
			.flatMap(
					(width) -> Stream.of(ColorScheme.LIGHT, ColorScheme.DARK).map((scheme) -> new Look(width, scheme)));
	}

	@Test
	void holdsOnTheNarrowestPhoneByNight() {
		sweep(new Look(320, ColorScheme.DARK));
	}

	@ParameterizedTest
	@MethodSource("looks")
	@Tag("thorough")
	void holds(Look look) {
		sweep(look);
	}

	private void sweep(Look look) {
		Page page = console.chromium().open(this.service.root() + "/", look.width(), 800, look.scheme());
		page.navigate("console/login");
		mustHold(page);
		Chromium.logIn(page);
		for (String path : paths()) {
			Response response = page.navigate(path);
			assertThat(response.status()).as(path).isEqualTo(NOT_THERE.contains(path) ? 404 : 200);
			page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
			mustHold(page);
			assertThat((List<?>) page.evaluate(NOT_ISOLATED)).as(page.url()).isEmpty();
		}
		NOT_THERE.forEach((path) -> console.chromium().forgive(path + ": Failed to load resource"));
		this.service.keep("[]");
		try {
			page.navigate("console/spool");
			mustHold(page);
		}
		finally {
			this.service.endKeeping();
		}
	}

	// Returns all pages, also those that say that there is nothing, and those of what the
	// last of these people sent.
	private List<String> paths() {
		long newest = this.service.bean(StoredEvents.class).newestId();
		return Stream.of(Screenshots.pages(this.service).values().stream(),
				Stream.of(newest, newest - 1, newest - 3).map((id) -> "console/events/" + id), NOT_THERE.stream(),
				Stream.of("console/contacts/erased?events=34&deliveries=60&attempts=3", "console/reconciliations",
						"console/reconciliations/" + reconciliation))
			.flatMap(Function.identity())
			.toList();
	}

	private static void mustHold(Page page) {
		assertThat((List<?>) page.evaluate(OVERFLOW)).as(page.url()).isEmpty();
		page.evaluate(AXE);
		assertThat((List<?>) page.evaluate(CLOSED)).as(page.url()).isEmpty();
	}

	/**
	 * How a page is looked at.
	 *
	 * @param width the width of the screen in pixels
	 * @param scheme by day or by night
	 */
	record Look(int width, ColorScheme scheme) {

	}

}
