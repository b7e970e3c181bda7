package io.pulsehook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the page about the architecture true.
 */
class ArchitectureDocTests {

	private static final String ROOT = "io.pulsehook";

	private static final String INBOX = "inbox";

	private static final Pattern ROOM = Pattern.compile("^\\| `([a-z.]+)` \\|", Pattern.MULTILINE);

	private static final Pattern DRAWING = Pattern.compile("```mermaid\n(.*?)```", Pattern.DOTALL);

	private static final Pattern ARROW = Pattern.compile("^\\s+(\\w+) --> (\\w+)$", Pattern.MULTILINE);

	private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w+)`");

	private final JavaClasses code = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
		.importPackages(ROOT);

	private final String page;

	ArchitectureDocTests() throws IOException {
		this.page = Files.readString(Path.of("docs/architecture.md"));
	}

	@Test
	void everyPackageHasALineAndEveryLineAPackage() {
		Set<String> packages = this.code.stream().map(ArchitectureDocTests::room).collect(Collectors.toSet());
		String rooms = this.page.substring(0, this.page.indexOf("## Which room uses which"));
		assertThat(ROOM.matcher(rooms).results().map((line) -> line.group(1)))
			.containsExactlyInAnyOrderElementsOf(packages);
	}

	@Test
	void everyTypeThatItNamesExists() {
		String text = this.page.replace("`ArchitectureTests`", "").replace("`ArchitectureDocTests`", "");
		assertThat(TYPE.matcher(text).results().map((name) -> name.group(1)))
			.isSubsetOf(this.code.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet()));
	}

	@Test
	void theArrowsOfTheHouseAreThoseOfTheCode() {
		Set<String> drawn = drawing(0, UnaryOperator.identity());
		assertThat(drawn).isEqualTo(arrows(ArchitectureDocTests::feature, rooms(drawn)));
	}

	@Test
	void theArrowsOfTheInboxAreThoseOfTheCode() {
		Set<String> drawn = drawing(1, (room) -> room.equals(INBOX) ? INBOX : INBOX + "." + room);
		assertThat(drawn).isEqualTo(arrows(ArchitectureDocTests::room, rooms(drawn)));
	}

	private Set<String> drawing(int index, UnaryOperator<String> name) {
		List<String> drawings = DRAWING.matcher(this.page).results().map((drawing) -> drawing.group(1)).toList();
		return ARROW.matcher(drawings.get(index))
			.results()
			.map((arrow) -> arrow(name.apply(arrow.group(1)), name.apply(arrow.group(2))))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Set<String> rooms(Set<String> arrows) {
		return arrows.stream().flatMap((arrow) -> List.of(arrow.split(" -> ")).stream()).collect(Collectors.toSet());
	}

	private Set<String> arrows(UnaryOperator<String> part, Set<String> rooms) {
		Set<String> arrows = new TreeSet<>();
		this.code.forEach((type) -> type.getDirectDependenciesFromSelf().forEach((dependency) -> {
			String from = part.apply(type.getPackageName());
			String to = part.apply(dependency.getTargetClass().getBaseComponentType().getPackageName());
			if (!from.equals(to) && rooms.contains(from) && rooms.contains(to)) {
				arrows.add(arrow(from, to));
			}
		}));
		return arrows;
	}

	private static String arrow(String from, String to) {
		return from + " -> " + to;
	}

	private static String room(JavaClass type) {
		return room(type.getPackageName());
	}

	private static String room(String name) {
		return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : name;
	}

	private static String feature(String name) {
		return room(name).replaceFirst("\\..*", "");
	}

}
