package io.pulsehook.autoconfigure;

import java.util.Objects;

import org.springframework.util.unit.DataSize;

/**
 * Limits the memory for bodies that are being received and events that are being stored.
 * A limit that is not configured is a share of the heap, so that the service also runs
 * with a small one.
 *
 * @param heap the size to which the heap may grow, in bytes
 */
record BufferSizes(long heap) {

	private static final DataSize MOST_INTAKE = DataSize.ofMegabytes(64);

	static BufferSizes ofThisProcess() {
		return new BufferSizes(Runtime.getRuntime().maxMemory());
	}

	/**
	 * The memory that the largest request takes until its commit. Each element counts as
	 * a kilobyte at least, since many small ones take memory as well.
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
