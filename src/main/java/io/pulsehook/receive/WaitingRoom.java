package io.pulsehook.receive;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many requests wait for their senders at a time. When all places are taken,
 * the request that has waited longest is ended to make room: an honest sender needs its
 * place for a moment only, so an attacker who fills the places loses them first.
 */
final class WaitingRoom {

	private static final Log logger = LogFactory.getLog(WaitingRoom.class);

	private final int places;

	private final Set<Guest> guests = new LinkedHashSet<>();

	WaitingRoom(int places) {
		this.places = places;
	}

	void enter(Guest guest) {
		Guest longest = takePlace(guest);
		if (longest != null) {
			sendAway(longest);
		}
	}

	// This runs on the thread of the guest that enters. What goes wrong with another
	// guest must not end its request.
	private static void sendAway(Guest longest) {
		try {
			longest.makeRoom();
		}
		catch (RuntimeException ex) {
			logger.debug("A request that had to make room has ended already", ex);
		}
	}

	private synchronized @Nullable Guest takePlace(Guest guest) {
		this.guests.add(guest);
		if (this.guests.size() <= this.places) {
			return null;
		}
		Iterator<Guest> all = this.guests.iterator();
		Guest longest = all.next();
		all.remove();
		return longest;
	}

	/**
	 * Ends the wait of a guest.
	 * @param guest who has waited
	 * @return whether it still had its place, so that nobody has told it to make room
	 */
	synchronized boolean leave(Guest guest) {
		return this.guests.remove(guest);
	}

	/**
	 * A request that waits.
	 */
	interface Guest {

		/**
		 * Ends the request, since another needs its place.
		 */
		void makeRoom();

	}

}
