/**
 * The alarms that `EndpointAlarms` can make. Which of them an endpoint gets depends on how it is hosted. Shadow variants get none.
 */
export enum StandardAlarm {
  /** Too many calls end with a status of 500 to 599: of each production variant, or of each inference component. */
  SERVER_ERRORS = 'ServerErrors',

  /** Too many calls end with a status of 400 to 499: of each production variant, or of each inference component. */
  CLIENT_ERRORS = 'ClientErrors',

  /** The container takes too long: of each production variant or inference component; not of asynchronous endpoints, which may take an hour. */
  LATENCY = 'Latency',

  /** The processors of the instances of a production variant are busy. */
  CPU = 'Cpu',

  /** The memory of the instances of a production variant is full; of serverless endpoints, that of the containers. */
  MEMORY = 'Memory',

  /** The disks of the instances of a production variant are full. */
  DISK = 'Disk',

  /** Each instance of a production variant gets more calls than it should: its scaling is at its maximum, or too slow. */
  OVERLOAD = 'Overload',

  /** A serverless endpoint takes too long to start another container. */
  SETUP_TIME = 'SetupTime',

  /** A serverless endpoint comes close to the calls at once that it allows. */
  CONCURRENCY = 'Concurrency',

  /** Requests of an asynchronous endpoint wait, or calls of an inference component fail, because nothing runs: scaling from zero is stuck. */
  NO_CAPACITY = 'NoCapacity',

  /** Too many asynchronous requests wait. */
  BACKLOG = 'Backlog',

  /** An asynchronous request waits for too long. */
  WAITING_TIME = 'WaitingTime',

  /** Asynchronous calls fail. */
  FAILURES = 'Failures',

  /** A notice of a failed update could not be delivered, if the endpoint has `onFailedUpdate`; not where the alarms stand in another stack. */
  DEAD_LETTERS = 'DeadLetters',

  /** Nobody calls the endpoint, or the inference component, while it may cost money. */
  IDLE = 'Idle',
}
