package io.pulsehook.autoconfigure;

import java.util.Objects;

import org.springframework.util.unit.DataSize;

/**
 * How much memory what is under way may take. It follows the heap where it is not set, so
 * that a small one suffices.
 *
 * @param heap how large the heap may become, in bytes
 */
record BufferSizes(long heap) {

	private static final DataSize MOST_INTAKE = DataSize.ofMegabytes(64);

	static BufferSizes ofThisProcess() {
		return new BufferSizes(Runtime.getRuntime().maxMemory());
	}

	/**
	 * What the largest request takes until its commit. Each element takes up a kilobyte
	 * at least, so that many small ones count as well.
	 * @param maxBodySize the largest body
	 * @param maxElements how many elements it may have
	 * @return the size
	 */
	static DataSize leastIntake(DataSize maxBodySize, int maxElements) {
		return DataSize.ofKilobytes(maxBodySize.toKilobytes() + maxElements);
	}

	DataSize intake(PulsehookProperties properties) {
		long share = Math.min(MOST_INTAKE.toBytes(), this.heap / 8);
		long least = leastIntake(properties.maxBodySize(), properties.maxElements()).toBytes();
		return Objects.requireNonNullElseGet(properties.intakeBuffer(), () -> DataSize.ofBytes(Math.max(share, least)));
	}

	DataSize bodies(PulsehookProperties properties) {
		long share = Math.max(this.heap / 16, properties.maxBodySize().toBytes());
		return Objects.requireNonNullElseGet(properties.bodyBuffer(), () -> DataSize.ofBytes(share));
	}

}
