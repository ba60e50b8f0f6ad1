/** The person at the terminal ended a recording; what was read is kept for the next run. */
export class RecordingInterrupted extends Error {
  constructor() {
    super('The recording was interrupted.');
    this.name = 'RecordingInterrupted';
  }
}
