package io.pulsehook.console;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests in a browser that an update of a page changes only what is no longer the same.
 */
@Timeout(120)
class LiveRegionTests {

	@RegisterExtension
	static final SharedConsole console = new SharedConsole();

	/**
	 * Makes random elements like other random ones. It returns the first pair that then
	 * differs, or an empty text.
	 */
	private static final String PATCH_AT_RANDOM = """
			async () => {
				const { patch } = await import(document.querySelector("link[href$='/patch.js']").href);
				let seed = 7;
				const random = (most) => { seed = (seed * 48271) % 2147483647; return seed % most; };
				const leaf = () => ["text", " ", "<b>bold</b>", "<i class=x>1</i>"][random(4)];
				const child = (keys, depth) => {
					const key = random(3) === 0 ? "" : keys.splice(random(keys.length), 1)[0] ?? "";
					const name = ["p", "div", "section"][random(3)];
					const by = random(2) === 0 ? "id" : "data-key";
					return `<${name}${key ? ` ${by}="${key}"` : ""}>${depth > 0 ? children(depth - 1, key) : leaf()}</${name}>`;
				};
				const children = (depth, under) => {
					const keys = ["a", "b", "c", "d", "e"].map((key) => under + key);
					return Array.from({ length: random(7) }, () => random(3) === 0 ? leaf() : child(keys, depth)).join("");
				};
				const parse = (html) => new DOMParser().parseFromString("<main>" + html + "</main>", "text/html")
					.querySelector("main");
				for (let i = 0; i < 3000; i++) {
					const [before, after] = [children(1, ""), children(1, "")];
					const [old, fresh] = [parse(before), parse(after)];
					const wanted = fresh.outerHTML;
					patch(old, fresh);
					if (old.outerHTML !== wanted) {
						return before + "\\n" + wanted + "\\n" + old.outerHTML;
					}
				}
				return "";
			}
			""";

	@Test
	void leaveAloneWhatIsTheSame() {
		Page page = console.loggedIn();
		page.navigate("console/dead-letters");
		Locator total = page.locator("#groups .lead strong");
		int before = Integer.parseInt(total.innerText());
		Locator cards = page.locator(".card.group");
		int groups = cards.count();
		page.evaluate("document.querySelectorAll('.card.group').forEach((card) => { card.same = true; })");
		Locator link = cards.filter(new Locator.FilterOptions().setHasText("grantAccess"))
			.first()
			.getByRole(AriaRole.LINK)
			.first();
		link.focus();
		console.service().message("James O'Connor", "Does anybody read the fourth one?");
		PlaywrightAssertions.assertThat(total).hasText(String.valueOf(before + 1));
		assertThat(page.evaluate("[...document.querySelectorAll('.card.group')].filter((card) => card.same).length"))
			.isEqualTo(groups);
		PlaywrightAssertions.assertThat(link).isFocused();
	}

	@Test
	void becomeLikeWhateverIsLoaded() {
		Page page = console.loggedIn();
		assertThat(page.evaluate(PATCH_AT_RANDOM)).isEqualTo("");
	}

}
