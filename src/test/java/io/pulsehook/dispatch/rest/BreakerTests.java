package io.pulsehook.dispatch.rest;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.pulsehook.inbox.model.DueDelivery;

import static org.assertj.core.api.Assertions.assertThat;

class BreakerTests {

	private final Breaker breaker = new Breaker(4);

	private long event;

	@Test
	void opensAtSoManyFailuresInARowOfThreeKeys() {
		assertThat(fails(1L)).isFalse();
		assertThat(fails(2L)).isFalse();
		assertThat(fails(3L)).isFalse();
		assertThat(fails(3L)).isTrue();
		assertThat(fails(3L)).as("It counts anew").isFalse();
	}

	@Test
	void doesNotOpenForTwoKeys() {
		for (int i = 0; i < 100; i++) {
			assertThat(fails((long) (i % 2))).isFalse();
		}
		assertThat(fails(2L)).isTrue();
	}

	@Test
	void countsADeliveryWithoutAKeyAsOneOfItsOwn() {
		assertThat(fails(null)).isFalse();
		assertThat(fails(null)).isFalse();
		assertThat(fails(null)).isFalse();
		assertThat(fails(null)).isTrue();
	}

	@Test
	void countsAnewAfterASuccess() {
		for (int i = 0; i < 10; i++) {
			assertThat(fails(1L)).isFalse();
			assertThat(fails(2L)).isFalse();
			assertThat(fails(3L)).isFalse();
			this.breaker.reset();
		}
	}

	@Test
	void neverOpensIfItIsOff() {
		Breaker off = new Breaker(0);
		for (long key = 0; key < 100; key++) {
			assertThat(off.fails(delivery(key))).isFalse();
		}
	}

	private boolean fails(@Nullable Long key) {
		return this.breaker.fails(delivery(key));
	}

	private DueDelivery delivery(@Nullable Long key) {
		return new DueDelivery(++this.event, "h", key, 1, 0, 0, "default", "OpenChat", null, Instant.EPOCH, null, null,
				new byte[0], 0, 0, null, false, null);
	}

}
