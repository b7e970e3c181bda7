package io.pulsehook.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class BufferSizesTests {

	@ParameterizedTest
	@CsvSource({ "64MB,11024KB", "128MB,16MB", "512MB,64MB", "4096MB,64MB" })
	void whatWaitsForItsCommitFollowsTheHeap(DataSize heap, DataSize size) {
		assertThat(new BufferSizes(heap.toBytes()).intake(properties(Map.of()))).isEqualTo(size);
	}

	@Test
	void whatWaitsForItsCommitIsAlwaysEnoughForOneRequest() {
		PulsehookProperties properties = properties(
				Map.of("pulsehook.max-body-size", "100MB", "pulsehook.max-elements", "1"));
		assertThat(new BufferSizes(DataSize.ofMegabytes(128).toBytes()).intake(properties))
			.isEqualTo(DataSize.ofKilobytes(100 * 1024 + 1));
	}

	@Test
	void takesTheSizesThatAreSet() {
		PulsehookProperties properties = properties(
				Map.of("pulsehook.intake-buffer", "200MB", "pulsehook.body-buffer", "100MB"));
		BufferSizes buffers = new BufferSizes(DataSize.ofMegabytes(128).toBytes());
		assertThat(buffers.intake(properties)).isEqualTo(DataSize.ofMegabytes(200));
		assertThat(buffers.bodies(properties)).isEqualTo(DataSize.ofMegabytes(100));
	}

	@Test
	void bodiesTakeASixteenthOfTheHeap() {
		assertThat(new BufferSizes(DataSize.ofMegabytes(128).toBytes()).bodies(properties(Map.of())))
			.isEqualTo(DataSize.ofMegabytes(8));
	}

	private static PulsehookProperties properties(Map<String, String> values) {
		return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("pulsehook",
				PulsehookProperties.class);
	}

}
