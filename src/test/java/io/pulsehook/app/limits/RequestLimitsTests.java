package io.pulsehook.app.limits;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequestLimitsTests {

	private static final int MEGABYTE = 1024 * 1024;

	@Test
	void letsLargeBodiesTakeASixteenthOfTheHeapWithTheirBuffers() {
		HeapLimits heap = new HeapLimits(128L * MEGABYTE);
		assertThat(heap.largeBodies(MEGABYTE)).isEqualTo(4);
		assertThat(heap.largeBodies(10 * MEGABYTE)).isOne();
		assertThat(heap.largeBodies(0)).isPositive();
	}

	@Test
	void leavesMostThreadsToWebhooks() {
		assertThat(new RequestLimits(200, 4).on(200)).isEqualTo(new RequestLimits(50, 4));
		assertThat(new RequestLimits(32, 4).on(8)).isEqualTo(new RequestLimits(2, 4));
	}

}
