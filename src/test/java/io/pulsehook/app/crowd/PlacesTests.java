package io.pulsehook.app.crowd;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlacesTests {

	private static final int MEGABYTE = 1024 * 1024;

	@Test
	void letsLargeBodiesTakeASixteenthOfTheHeapWithTheirBuffers() {
		Heap heap = new Heap(128L * MEGABYTE);
		assertThat(heap.largeBodies(MEGABYTE)).isEqualTo(4);
		assertThat(heap.largeBodies(10 * MEGABYTE)).isOne();
		assertThat(heap.largeBodies(0)).isPositive();
	}

	@Test
	void leavesMostThreadsToWebhooks() {
		assertThat(new Places(200, 4).on(200)).isEqualTo(new Places(50, 4));
		assertThat(new Places(32, 4).on(8)).isEqualTo(new Places(2, 4));
	}

}
