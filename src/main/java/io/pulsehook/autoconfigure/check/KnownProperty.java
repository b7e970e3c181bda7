package io.pulsehook.autoconfigure.check;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.ResolvableType;

/**
 * A property that something reads.
 *
 * @param elements the parts of its name, {@value #ANY} for the name of an entry of a map
 * @param open whether everything below it is read as well
 */
record KnownProperty(List<String> elements, boolean open) {

	private static final String ANY = "*";

	/**
	 * Lists all properties that are bound to a type.
	 * @param prefix the prefix of the type
	 * @param type the type; if it is not a record, everything below the prefix counts as
	 * read
	 * @return the properties
	 */
	static List<KnownProperty> of(String prefix, ResolvableType type) {
		List<String> elements = List.of(prefix.split("\\."));
		return type.resolve(Object.class).isRecord() ? within(elements, type)
				: List.of(new KnownProperty(elements, true));
	}

	private static List<KnownProperty> within(List<String> elements, ResolvableType type) {
		Class<?> bound = type.resolve(Object.class);
		if (bound.isRecord()) {
			Stream<KnownProperty> whole = isText(bound) ? Stream.of(new KnownProperty(elements, false))
					: Stream.empty();
			return Stream.concat(whole, components(elements, bound)).toList();
		}
		if (Map.class.isAssignableFrom(bound)) {
			ResolvableType entry = type.asMap().getGeneric(1);
			return entry.resolve(Object.class).isRecord() ? within(with(elements, ANY), entry)
					: List.of(new KnownProperty(elements, true));
		}
		ResolvableType element = type.asCollection().getGeneric();
		return (Collection.class.isAssignableFrom(bound) && element.resolve(Object.class).isRecord())
				? within(elements, element) : List.of(new KnownProperty(elements, false));
	}

	private static Stream<KnownProperty> components(List<String> elements, Class<?> group) {
		return Stream.of(group.getRecordComponents())
			.flatMap((component) -> within(with(elements, nameOf(component)),
					ResolvableType.forType(component.getGenericType()))
				.stream());
	}

	// A record that can be read from a text can be written as a whole as well.
	private static boolean isText(Class<?> bound) {
		return ApplicationConversionService.getSharedInstance().canConvert(String.class, bound);
	}

	private static String nameOf(RecordComponent component) {
		return DataObjectPropertyName.toDashedForm(component.getName());
	}

	private static List<String> with(List<String> elements, String another) {
		List<String> all = new ArrayList<>(elements);
		all.add(another);
		return all;
	}

	boolean matches(UsedProperty used) {
		return matches(this.elements, used)
				|| used.fromEnvironment() && matches(List.of(String.join("-", this.elements).split("-")), used);
	}

	private boolean matches(List<String> known, UsedProperty used) {
		List<String> actual = used.elements();
		if (this.open ? actual.size() < known.size() : actual.size() != known.size()) {
			return false;
		}
		for (int i = 0; i < known.size(); i++) {
			if (!known.get(i).equals(ANY) && !known.get(i).replace("-", "").equals(actual.get(i))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Returns the name of this property with the map keys that somebody used.
	 * @param used the property that somebody set
	 * @return the name to suggest
	 */
	String nameFor(UsedProperty used) {
		List<String> name = new ArrayList<>(this.elements);
		List<String> typed = used.elements(Form.DASHED);
		for (int i = 0; i < name.size(); i++) {
			if (name.get(i).equals(ANY)) {
				name.set(i, (i < typed.size() - 1) ? typed.get(i) : "<name>");
			}
		}
		return String.join(".", name);
	}

}
