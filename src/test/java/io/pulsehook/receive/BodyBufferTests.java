package io.pulsehook.receive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class BodyBufferTests {

	private static final int LIMIT = 1_000_000;

	private static final int SMALL = 20_000;

	private final BodyBudget budget = new BodyBudget(DataSize.ofKilobytes(600));

	@Test
	void takesNothingForWhatIsOnlyAnnounced() throws IOException {
		BodyBuffer body = body(LIMIT);
		body.readFrom(new ByteArrayInputStream(new byte[1]));
		assertThat(this.budget.left()).isEqualTo(DataSize.ofKilobytes(600).toBytes());
	}

	@Test
	void takesNoMoreThanTwiceWhatHasArrived() throws IOException {
		BodyBuffer body = body(LIMIT);
		readAll(body, 100_000);
		assertThat(this.budget.left()).isGreaterThan(DataSize.ofKilobytes(600).toBytes() - 200_000);
	}

	@Test
	void dropsALargeBodyThatIsBeyondTheBudgetAndGivesBackWhatItTook() throws IOException {
		BodyBuffer body = body(LIMIT);
		readAll(body, LIMIT);
		assertThat(body.isUnaffordable()).isTrue();
		assertThat(body.isComplete()).isFalse();
		assertThat(this.budget.left()).isEqualTo(DataSize.ofKilobytes(600).toBytes());
	}

	@Test
	void readsSmallBodiesWhileLargeOnesHaveTheWholeBudget() throws IOException {
		this.budget.take(this.budget.left());
		BodyBuffer body = body(SMALL);
		readAll(body, SMALL);
		assertThat(body.isComplete()).isTrue();
		assertThat(body.toBytes()).hasSize(SMALL).containsOnly('x');
	}

	@Test
	void takesNothingOnceItIsReleased() throws IOException {
		BodyBuffer body = body(-1);
		readAll(body, 100_000);
		body.release();
		readAll(body, 400_000);
		body.release();
		assertThat(this.budget.left()).isEqualTo(DataSize.ofKilobytes(600).toBytes());
	}

	private BodyBuffer body(int announced) {
		return new BodyBuffer(announced, LIMIT, this.budget);
	}

	private static void readAll(BodyBuffer body, int count) throws IOException {
		byte[] bytes = new byte[count];
		Arrays.fill(bytes, (byte) 'x');
		InputStream in = new ByteArrayInputStream(bytes);
		boolean more = true;
		while (more && in.available() > 0) {
			more = body.readFrom(in);
		}
	}

}
