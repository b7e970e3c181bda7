package io.pulsehook.receive;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingRoomTests {

	private final WaitingRoom room = new WaitingRoom(1);

	@Test
	void sendsAwayWhoHasWaitedLongest() {
		List<String> sent = new ArrayList<>();
		this.room.enter(() -> sent.add("first"));
		this.room.enter(() -> sent.add("second"));
		assertThat(sent).containsExactly("first");
	}

	@Test
	void letsANewcomerInWhateverIsWrongWithTheOneThatHasToLeave() {
		WaitingRoom.Guest newcomer = () -> {
		};
		this.room.enter(() -> {
			throw new IllegalStateException("The request has been recycled");
		});
		this.room.enter(newcomer);
		assertThat(this.room.leave(newcomer)).isTrue();
	}

}
