package io.pulsehook.observe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text that Prometheus reads, which knows which queries find something in it.
 */
final class Exposition {

	private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");

	private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

	/** A metric of a query with its matchers. */
	private static final Pattern SELECTOR = Pattern
		.compile("\\b((?:pulsehook|jvm|process|disk|up)(?:_[a-z_]+)?)\\b(?:\\{([^}]*)})?");

	private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"([^\"]*)\"");

	private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

	private final List<Sample> samples = new ArrayList<>();

	Exposition(String text) {
		for (String line : text.lines().filter((line) -> !line.startsWith("#")).toList()) {
			Matcher matcher = SAMPLE.matcher(line);
			if (matcher.matches()) {
				// Prometheus adds these labels when it scrapes.
				Map<String, String> labels = new HashMap<>(Map.of("job", "pulsehook", "instance", "localhost"));
				Matcher label = LABEL.matcher((matcher.group(2) != null) ? matcher.group(2) : "");
				while (label.find()) {
					labels.put(label.group(1), label.group(2));
				}
				this.samples.add(new Sample(matcher.group(1), labels, Double.parseDouble(matcher.group(3))));
			}
		}
		this.samples.add(new Sample("up", Map.of("job", "pulsehook", "instance", "localhost"), 1));
	}

	List<Sample> all(String metric) {
		return this.samples.stream().filter((sample) -> sample.metric().equals(metric)).toList();
	}

	Set<String> metrics(String prefix) {
		return this.samples.stream()
			.map(Sample::metric)
			.filter((metric) -> metric.startsWith(prefix))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	// Returns the sum of all samples with these labels, given as name, value, name,
	// value.
	double value(String metric, String... labels) {
		return all(metric).stream().filter((sample) -> {
			boolean all = true;
			for (int i = 0; i < labels.length; i += 2) {
				all &= labels[i + 1].equals(sample.labels().get(labels[i]));
			}
			return all;
		}).mapToDouble(Sample::value).sum();
	}

	// Returns what a query asks for and the text does not have: metrics, labels and
	// values of labels.
	List<String> missing(String query) {
		List<String> missing = new ArrayList<>();
		Matcher selector = SELECTOR.matcher(GROUPING.matcher(query).replaceAll(""));
		List<Sample> found = new ArrayList<>();
		while (selector.find()) {
			List<Sample> matching = all(selector.group(1)).stream()
				.filter(matching((selector.group(2) != null) ? selector.group(2) : ""))
				.toList();
			if (matching.isEmpty()) {
				missing.add(selector.group());
			}
			found.addAll(matching);
		}
		Matcher grouping = GROUPING.matcher(query);
		while (grouping.find()) {
			for (String label : grouping.group(1).split(", *")) {
				if (found.stream().noneMatch((sample) -> sample.labels().containsKey(label))) {
					missing.add("by (" + label + ")");
				}
			}
		}
		return found.isEmpty() ? List.of("any metric") : missing;
	}

	private static Predicate<Sample> matching(String matchers) {
		Predicate<Sample> all = (sample) -> true;
		Matcher matcher = MATCHER.matcher(matchers);
		while (matcher.find()) {
			String label = matcher.group(1);
			String operator = matcher.group(2);
			String value = matcher.group(3).startsWith("$") ? ".*" : matcher.group(3);
			all = all.and((sample) -> {
				String actual = sample.labels().get(label);
				boolean matches = actual != null
						&& (operator.endsWith("~") ? actual.matches(value) : actual.equals(value));
				return actual != null && (operator.startsWith("!") != matches);
			});
		}
		return all;
	}

	record Sample(String metric, Map<String, String> labels, double value) {

	}

}
