package io.pulsehook.inbox.write;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.pulsehook.inbox.model.ClaimRequest;
import io.pulsehook.inbox.model.Due;
import io.pulsehook.inbox.model.DueDelivery;
import io.pulsehook.inbox.model.Rate;
import io.pulsehook.inbox.model.Traffic;
import io.pulsehook.inbox.write.Permits.Taken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Tests at random that permits keep the rate, whenever they are asked for.
 */
class PermitsTests {

	private static final int CLAIMS = 1_000;

	private static final DueDelivery DELIVERY = new DueDelivery(1, "h", null, 1, 0, 1, "default", "OpenChat", null,
			Instant.EPOCH, null, null, new byte[0], 0, 0, null, false, null);

	private final Random random = new Random(1);

	private final List<Long> taken = new ArrayList<>();

	private Permits permits = Permits.NONE;

	private long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-01-31T12:00:00Z"));

	private Duration pause = Duration.ZERO;

	static Stream<Rate> rates() {
		Random random = new Random(2);
		Stream<Rate> some = Stream
			.of("1/s", "20/s", "1000/s", "100/10s", "60/m", "1/ms", "64/64ms", "65/65ms", "1000/d")
			.map(Rate::of);
		return Stream.concat(some, IntStream.range(0, 40).mapToObj((number) -> random(random)));
	}

	private static Rate random(Random random) {
		int permits = 1 + random.nextInt(random.nextBoolean() ? 10 : 1_000);
		return new Rate(permits, Duration.ofMillis(permits + random.nextInt(100_000)));
	}

	@ParameterizedTest
	@MethodSource("rates")
	void noPeriodHasMoreThanTheRateAllows(Rate rate) {
		for (int claim = 0; claim < CLAIMS; claim++) {
			this.now += untilNextClaim(rate);
			claim(rate, this.random.nextInt(10), this.random.nextInt(12));
		}
		assertThat(this.taken).hasSizeGreaterThan(CLAIMS / 10);
		assertKept(rate);
	}

	@ParameterizedTest
	@MethodSource("rates")
	void theyAreEvenlySpacedButForWhatAccruesWithinATenthOfASecond(Rate rate) {
		for (int claim = 0; claim < CLAIMS; claim++) {
			this.now += untilNextClaim(rate);
			claim(rate, 10, 10);
		}
		double spacing = micros(rate) / (double) rate.permits();
		double tolerance = Math.max(100_000, spacing / 10);
		for (int distance = 1; distance < Math.min(rate.permits(), this.taken.size()); distance++) {
			for (int i = distance; i < this.taken.size(); i++) {
				assertThat(this.taken.get(i) - this.taken.get(i - distance)).as("Permits %s and %s", i - distance, i)
					.isGreaterThanOrEqualTo((long) (distance * (spacing - 1) - tolerance));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1/s", "5/s", "9/s", "60/m", "1/h" })
	void ofLowRatesNoTwoAreGivenAtOnce(String rate) {
		for (int claim = 0; claim < CLAIMS; claim++) {
			this.now += untilNextClaim(Rate.of(rate));
			claim(Rate.of(rate), 10, 10);
		}
		long least = micros(Rate.of(rate)) / Rate.of(rate).permits() * 9 / 10;
		for (int i = 1; i < this.taken.size(); i++) {
			assertThat(this.taken.get(i) - this.taken.get(i - 1)).isGreaterThanOrEqualTo(least);
		}
	}

	@ParameterizedTest
	@MethodSource("rates")
	void theMeanStaysAboveNineTenthsOfTheRateThoughEachClaimIsLate(Rate rate) {
		int periods = 20;
		long end = this.now + periods * micros(rate);
		long late = micros(rate) / rate.permits() / 10;
		while (this.now < end) {
			claim(rate, rate.permits(), rate.permits());
			this.now += micros(this.pause) + (long) (this.random.nextDouble() * late);
		}
		assertThat(this.taken.size() / (double) periods).isGreaterThan(0.9 * rate.permits());
		assertKept(rate);
	}

	@ParameterizedTest
	@ValueSource(strings = { "20/s", "50/s", "10/s" })
	void whoIsLateByMoreThanThatMakesUpForIt(String rate) {
		int periods = 20;
		long end = this.now + periods * micros(Rate.of(rate));
		while (this.now < end) {
			claim(Rate.of(rate), 10, 10);
			this.now += micros(this.pause) + this.random.nextInt(10_000);
		}
		assertThat(this.taken.size() / (double) periods).isGreaterThan(0.97 * Rate.of(rate).permits());
	}

	@ParameterizedTest
	@MethodSource("rates")
	void aClaimThatWaitsForThePauseFindsAPermit(Rate rate) {
		for (int claim = 0; claim < CLAIMS; claim++) {
			claim(rate, 64, 64);
			this.now += micros(this.pause);
			assertThat(claim(rate, 1, 1)).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "1/s", "20/s", "45/s", "60/m" })
	void aClaimThatComesEarlierFindsNone(String rate) {
		for (int claim = 0; claim < CLAIMS; claim++) {
			claim(Rate.of(rate), 64, 64);
			this.now += micros(this.pause) - 1;
			assertThat(claim(Rate.of(rate), 1, 1)).isZero();
			this.now++;
		}
	}

	@ParameterizedTest
	@MethodSource("rates")
	void replicasWithDifferentRatesKeepTheirOwnEach(Rate rate) {
		Rate other = random(this.random);
		List<Integer> others = new ArrayList<>();
		for (int claim = 0; claim < CLAIMS; claim++) {
			this.now += untilNextClaim(this.random.nextBoolean() ? rate : other);
			int size = this.taken.size();
			if (this.random.nextBoolean()) {
				claim(rate, 5, 5);
			}
			else {
				claim(other, 5, 5);
				IntStream.range(size, this.taken.size()).forEach(others::add);
			}
		}
		for (int i = 0; i < this.taken.size(); i++) {
			Rate own = (Collections.binarySearch(others, i) >= 0) ? other : rate;
			int first = i - own.permits();
			if (first >= 0) {
				assertThat(this.taken.get(i) - this.taken.get(first)).isGreaterThanOrEqualTo(micros(own));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("rates")
	void whateverAFormerProcessHasBegunTheRateIsKeptAfterwards(Rate rate) {
		for (int claim = 0; claim < 100; claim++) {
			claim(rate, 10, 10);
			this.now += micros(this.pause);
		}
		this.now -= (long) (this.random.nextDouble() * micros(this.pause));
		this.permits = Permits.exhausted(rate, this.now);
		int before = this.taken.size();
		for (int claim = 0; claim < 100; claim++) {
			claim(rate, 10, 10);
			this.now += micros(this.pause);
		}
		assertThat(this.taken).hasSizeGreaterThan(before);
		assertKept(rate);
	}

	@ParameterizedTest
	@MethodSource("rates")
	void aClockThatIsSetBlocksForNoLongerThanAPeriod(Rate rate) {
		long real = 0;
		long blockedSince = 0;
		for (int claim = 0; claim < CLAIMS; claim++) {
			if (this.random.nextInt(20) == 0) {
				this.now += (long) ((this.random.nextDouble() - 0.5) * 20 * micros(rate));
				blockedSince = real;
			}
			if (claim(rate, 10, 10) > 0) {
				blockedSince = real;
			}
			long step = (long) (micros(this.pause) * (this.random.nextBoolean() ? 1 : this.random.nextDouble()));
			real += step;
			this.now += step;
			assertThat(real - blockedSince).isLessThanOrEqualTo(micros(rate) + 1);
		}
		assertThat(this.taken).isNotEmpty();
	}

	@Test
	void aClaimThatFindsFewerTakesOnlyThose() {
		assertThat(claim(Rate.of("50/s"), 10, 1)).isEqualTo(1);
		assertThat(this.pause).isZero();
		assertThat(claim(Rate.of("50/s"), 10, 0)).isZero();
		assertThat(claim(Rate.of("50/s"), 10, 10)).isEqualTo(4);
		assertThat(this.pause).isPositive();
	}

	@Test
	void aClaimThatFailsTakesNone() {
		Permits before = this.permits;
		assertThatCode(() -> before.claim(request(1), Rate.of("1/s"), this.now, (allowed) -> {
			throw new IllegalStateException();
		})).isInstanceOf(IllegalStateException.class);
		assertThat(claim(Rate.of("1/s"), 1, 1)).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1/999999999d", "999999999/999999999d", "1/ms", "20/s" })
	void noTimeIsTooFarAway(String rate) {
		Permits far = Permits.of(new Long[] { Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE });
		Taken first = far.claim(request(10), Rate.of(rate), this.now, (allowed) -> due(allowed.limit()));
		assertThat(first.due().pause()).isBetween(Duration.ZERO, Duration.ofDays(36_500));
		Taken second = first.permits()
			.claim(request(10), Rate.of(rate), this.now + micros(first.due().pause()),
					(allowed) -> due(allowed.limit()));
		assertThat(second.due().deliveries()).isNotEmpty();
	}

	@Test
	void theyAreTheSameAfterTheyWereStored() {
		claim(Rate.of("50/s"), 3, 3);
		assertThat(Permits.of(this.permits.times())).isEqualTo(this.permits).hasSameHashCodeAs(this.permits);
		assertThat(this.permits).isNotEqualTo(Permits.NONE);
	}

	// Mostly when the permits say, sometimes too early, too late, or after a long time.
	private long untilNextClaim(Rate rate) {
		return switch (this.random.nextInt(8)) {
			case 0 -> (long) (this.random.nextDouble() * micros(this.pause));
			case 1 -> micros(this.pause) + (long) (this.random.nextDouble() * 3 * micros(rate) / rate.permits());
			case 2 -> (this.random.nextInt(20) == 0) ? (long) (this.random.nextDouble() * 2 * micros(rate)) : 0;
			default -> micros(this.pause);
		};
	}

	private int claim(Rate rate, int limit, int found) {
		Taken result = this.permits.claim(request(limit), rate, this.now,
				(allowed) -> due(Math.min(allowed.limit(), found)));
		int count = result.due().deliveries().size();
		this.taken.addAll(Collections.nCopies(count, this.now));
		this.permits = result.permits();
		this.pause = result.due().pause();
		return count;
	}

	private static ClaimRequest request(int limit) {
		return new ClaimRequest("h", Traffic.LIVE, Instant.EPOCH, limit);
	}

	private static Due due(int count) {
		return new Due(Collections.nCopies(count, DELIVERY), true);
	}

	private void assertKept(Rate rate) {
		for (int i = rate.permits(); i < this.taken.size(); i++) {
			assertThat(this.taken.get(i) - this.taken.get(i - rate.permits())).as("Permits %s in %s", rate, this.taken)
				.isGreaterThanOrEqualTo(micros(rate));
		}
	}

	private static long micros(Rate rate) {
		return micros(rate.period());
	}

	private static long micros(Duration duration) {
		return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.EPOCH.plus(duration));
	}

}
