package io.pulsehook.inbox.model;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonValue;
import org.springframework.boot.convert.DurationStyle;

/**
 * How many deliveries of a handler may begin within a time, over all replicas together.
 *
 * @param permits how many, at least 1
 * @param period within which time, at least a millisecond for each of them
 */
public record Rate(int permits, Duration period) {

	private static final Pattern FORMAT = Pattern.compile("\\s*(\\d{1,9})\\s*/\\s*(\\d{0,9})\\s*(ms|s|m|h|d)\\s*");

	/**
	 * Checks that the rate can be kept.
	 * @throws IllegalArgumentException if it is less than one delivery, or more than one
	 * a millisecond
	 */
	public Rate {
		if (permits < 1 || period.toMillis() < permits) {
			throw new IllegalArgumentException(
					"A rate must be at least 1 and at most 1000/s, but this is " + written(permits, period) + ".");
		}
	}

	/**
	 * Reads a rate.
	 * @param text such as {@code 5/s}, {@code 100/10s} or {@code 60/m}
	 * @return the rate
	 * @throws IllegalArgumentException if the text is no rate
	 */
	public static Rate of(String text) {
		Matcher matcher = FORMAT.matcher(text);
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"'" + text + "' is no rate. Write it as 5/s, 100/10s or 60/m, with the units ms, s, m, h and d.");
		}
		String count = matcher.group(2).isEmpty() ? "1" : matcher.group(2);
		return new Rate(Integer.parseInt(matcher.group(1)), DurationStyle.SIMPLE.parse(count + matcher.group(3)));
	}

	/** Writes the rate as it is read, also in JSON. */
	@JsonValue
	@Override
	public String toString() {
		return written(this.permits, this.period);
	}

	private static String written(int permits, Duration period) {
		String time = DurationStyle.SIMPLE.print(period, unit(period));
		return permits + "/" + (time.matches("1\\D+") ? time.substring(1) : time);
	}

	private static ChronoUnit unit(Duration period) {
		if (period.toMillisPart() != 0) {
			return ChronoUnit.MILLIS;
		}
		if (period.toSecondsPart() != 0 || period.isZero()) {
			return ChronoUnit.SECONDS;
		}
		if (period.toMinutesPart() != 0) {
			return ChronoUnit.MINUTES;
		}
		return (period.toHoursPart() != 0) ? ChronoUnit.HOURS : ChronoUnit.DAYS;
	}

}
